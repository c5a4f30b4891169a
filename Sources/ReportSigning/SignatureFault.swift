/// Why a signed object is not accepted.
public enum SignatureFault: Error, Sendable, Hashable {
    /// The object has no signature.
    case unsigned
    /// The member `signature` is none of ours: another algorithm, another member, or text that is no Base64.
    case malformed
    /// None of the trusted keys has this id.
    case keyUnknown(String)
    /// The object is not the one that was signed.
    case altered
}
