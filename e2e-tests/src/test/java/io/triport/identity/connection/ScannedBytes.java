package io.triport.identity.connection;

import io.netty.buffer.Unpooled;
import io.triport.domain.request.ByteSize;

/**
 * What the scanner makes of the bytes of one connection, for tests of other packages.
 *
 * @param sound bytes that the app may see
 * @param refusal empty when there is none
 */
public record ScannedBytes(int messages, int sound, String refusal) {
    private static final EdgeLimits LIMITS = EdgeLimits.collecting(ByteSize.ofKiB(128));

    /** @param piece how many bytes come at a time */
    public static ScannedBytes of(byte[] bytes, int piece) {
        var scanner = new FramingScanner(LIMITS);
        var buffer = Unpooled.wrappedBuffer(bytes).writerIndex(0);
        var messages = 0;
        while (buffer.writerIndex() < bytes.length && scanner.refusal() == null) {
            buffer.writerIndex(Math.min(bytes.length, buffer.writerIndex() + piece));
            for (var more = true; more; ) {
                var accepted = scanner.accept(buffer);
                buffer.skipBytes(accepted);
                messages += scanner.complete() ? 1 : 0;
                more = accepted > 0 && scanner.refusal() == null && buffer.isReadable();
            }
        }
        var refusal = scanner.refusal();
        return new ScannedBytes(messages, buffer.readerIndex(), refusal == null ? "" : refusal.name());
    }
}
