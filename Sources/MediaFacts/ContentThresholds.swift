/// Thresholds of the detectors of black, frozen and silent time ranges and of black bars. A rule may set its own
/// values.
public struct ContentThresholds: Sendable, Hashable, Codable {
    /// Brightest sample of a black picture, in percent of the range from black to white; 1...50. Source of the default:
    /// `pixel_black_th` of ffmpeg's blackdetect.
    public var blackDarknessPercent: Double
    /// Least share of a black picture's samples that are as dark as `blackDarknessPercent` or darker, in percent;
    /// 50...100. Source of the default: `picture_black_ratio_th` of blackdetect.
    public var blackAreaPercent: Double
    /// Greatest average difference between two pictures of a still scene, in percent of the full scale; 0.1...5. The
    /// difference is measured for each cell of the picture. The default is 5/1024: coding a still picture again changes
    /// its samples by as much.
    public var freezeMovementPercent: Double
    /// The level that samples of silence stay below, in dBFS; −90...−20. Source of the default: `noise` of ffmpeg's
    /// silencedetect.
    public var silenceDBFS: Double
    /// Brightest average of a line inside a black bar, in percent of the range from black to white; 1...25. A single
    /// sample may be 3.2 times as bright, because coding leaves traces of the picture inside the bar.
    public var barDarknessPercent: Double

    /// Sets thresholds; those that are not given have their default.
    public init(
        blackDarknessPercent: Double = 10, blackAreaPercent: Double = 98, freezeMovementPercent: Double = 0.49,
        silenceDBFS: Double = -60, barDarknessPercent: Double = 4.6
    ) {
        self.blackDarknessPercent = blackDarknessPercent
        self.blackAreaPercent = blackAreaPercent
        self.freezeMovementPercent = freezeMovementPercent
        self.silenceDBFS = silenceDBFS
        self.barDarknessPercent = barDarknessPercent
    }

    /// The default thresholds, which apply to a rule that sets none.
    public static let usual = ContentThresholds()

    /// One of the thresholds.
    public enum Name: Sendable, Hashable, CaseIterable {
        /// `blackDarknessPercent`.
        case blackDarkness
        /// `blackAreaPercent`.
        case blackArea
        /// `freezeMovementPercent`.
        case freezeMovement
        /// `silenceDBFS`.
        case silence
        /// `barDarknessPercent`.
        case barDarkness
    }

    /// The threshold of that name, in its unit.
    public subscript(name: Name) -> Double {
        get { self[keyPath: Self.path(name)] }
        set { self[keyPath: Self.path(name)] = newValue }
    }

    /// The values that a threshold may have, in its unit.
    public static func range(of name: Name) -> ClosedRange<Double> {
        switch name {
        case .blackDarkness: 1...50
        case .blackArea: 50...100
        case .freezeMovement: 0.1...5
        case .silence: -90 ... -20
        case .barDarkness: 1...25
        }
    }

    /// Whether every threshold is within its range.
    public var isWithinRanges: Bool { Name.allCases.allSatisfy { Self.range(of: $0).contains(self[$0]) } }

    private static func path(_ name: Name) -> WritableKeyPath<Self, Double> {
        switch name {
        case .blackDarkness: \.blackDarknessPercent
        case .blackArea: \.blackAreaPercent
        case .freezeMovement: \.freezeMovementPercent
        case .silence: \.silenceDBFS
        case .barDarkness: \.barDarknessPercent
        }
    }
}
