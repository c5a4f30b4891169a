/// What counts as black, as frozen, as silent and as a bar. The defaults are this tool's; a rule may ask for others.
public struct ContentThresholds: Sendable, Hashable, Codable {
    /// How far a sample of a black picture may be on the way from black to white, in percent; 1...50. Source of the
    /// default: `pixel_black_th` of ffmpeg's blackdetect.
    public var blackDarknessPercent: Double
    /// How much of a black picture is as dark as that, in percent of its samples; 50...100. Source of the default:
    /// `picture_black_ratio_th` of blackdetect.
    public var blackAreaPercent: Double
    /// How much the samples of a cell of the picture may differ on average before something has moved, in percent of the
    /// full scale; 0.1...5. The default is five steps of 1024: what coding a still picture anew makes of it.
    public var freezeMovementPercent: Double
    /// The level that samples of silence stay below, in dBFS; −90...−20. Source of the default: `noise` of ffmpeg's
    /// silencedetect.
    public var silenceDBFS: Double
    /// How far a line of a bar may be on the way from black to white on average, in percent; 1...25. Single samples may
    /// be 3.2 times as far: coding leaves a shadow of the picture there.
    public var barDarknessPercent: Double

    /// Sets thresholds; what is left out is as it always is.
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

    /// The thresholds of a rule that sets none.
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

    /// What a threshold may be, in its unit.
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
