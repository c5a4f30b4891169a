@testable import MediaProbe

/// A suite that builds boxes, elements and chunks byte by byte.
protocol BuildsStructures {}

extension BuildsStructures {
    func u16(_ numbers: Int...) -> [UInt8] {
        numbers.flatMap { [UInt8(truncatingIfNeeded: $0 >> 8), UInt8(truncatingIfNeeded: $0)] }
    }

    func u32(_ numbers: Int...) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - 8 * $0)) } }
    }

    func u64(_ numbers: Int...) -> [UInt8] {
        numbers.flatMap { number in (0..<8).map { UInt8(truncatingIfNeeded: number >> (56 - 8 * $0)) } }
    }

    func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    /// A box with a 32-bit size. Source: ISO/IEC 14496-12 §4.2.
    func box(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        let content = parts.flatMap(\.self)
        return u32(8 + content.count) + Array(type.utf8) + content
    }

    /// The version, the flags and the content of a full box.
    func fullBox(_ type: String, version: Int = 0, flags: Int = 0, _ parts: [UInt8]...) -> [UInt8] {
        box(type, u32(version << 24 | flags), parts.flatMap(\.self))
    }

    /// An element with a size of `width` bytes. Source: RFC 8794 §4.
    func ebml(_ identifier: Int, width: Int = 2, _ parts: [UInt8]...) -> [UInt8] {
        let content = parts.flatMap(\.self)
        let marked = content.count | 1 << (7 * width)
        return u64(identifier).drop { $0 == 0 } + u64(marked).suffix(width) + content
    }

    /// An element of unknown size: all size bits are one.
    func unsizedEBML(_ identifier: Int, _ parts: [UInt8]...) -> [UInt8] {
        u64(identifier).drop { $0 == 0 } + [0x01] + [UInt8](repeating: 0xff, count: 7) + parts.flatMap(\.self)
    }

    /// A RIFF chunk with its pad byte.
    func chunk(_ type: String, _ parts: [UInt8]...) -> [UInt8] {
        let content = parts.flatMap(\.self)
        return Array(type.utf8) + u32(content.count).reversed() + content + zeros(content.count % 2)
    }
}
