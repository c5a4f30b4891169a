internal import NIOCore

/// Lets a connection read up to 128 KiB at once, so that a large upload takes fewer system calls and fewer hops between
/// threads. The buffer grows only while the client fills it, and shrinks when it does not.
final class ReadSizeHandler: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = NIOAny

    private static let mostBytes = 128 * 1024

    func handlerAdded(context: ChannelHandlerContext) {
        let allocator = AdaptiveRecvByteBufferAllocator(minimum: 64, initial: 2048, maximum: Self.mostBytes)
        try? context.channel.syncOptions?.setOption(.recvAllocator, value: allocator)
    }
}
