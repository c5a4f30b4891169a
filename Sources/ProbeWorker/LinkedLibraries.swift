internal import MediaProbe

/// The libraries that read and measure files.
public enum LinkedLibraries {
    /// Versions of the libraries that the executable runs with, by name.
    public static var versions: [String: String] {
        InProcessProber.linkedVersions.merging(["libebur128": InProcessProber.loudnessLibraryVersion]) { $1 }
    }
}
