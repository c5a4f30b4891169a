/// A phase in the life of a submitted file.
public enum WorkPhase: String, Sendable, Hashable, CaseIterable {
    /// The client sends its bytes; a slow client takes long.
    case receive
    /// The file waits for its turn to be read.
    case wait
    /// A worker reads header and packets.
    case probe
    /// A worker decodes picture and sound.
    case decode
    /// The file gets its lasting name, and the change of the entry is committed.
    case store
}
