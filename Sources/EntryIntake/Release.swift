/// The release of clipcheck that this code belongs to.
public enum Release {
    /// Semantic version; moves with CHANGELOG.md.
    public static let version = "1.0.0"
}
