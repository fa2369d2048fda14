package io.triport.gateway.proxy;

import io.netty.buffer.ByteBuf;

/** Follows the frames of a WebSocket (RFC 6455 section 5.2) to know where one ends. Confined to one thread. */
final class FrameScanner {
    private static final int SHORT = 126;
    private static final int LONG = 127;
    private static final int MASK_BYTES = 4;

    private int head;
    private int headLength = 2;
    private boolean masked;
    private boolean extended;
    private long payload;

    /** Whether no frame is open. */
    boolean between() {
        return head == 0 && payload == 0;
    }

    /** Follows all bytes. */
    void follow(ByteBuf bytes) {
        var at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            at = step(bytes, at);
        }
    }

    /** Follows bytes up to the first end of a frame. @return how many they are, or -1 when no frame ends in them */
    int toNextEnd(ByteBuf bytes) {
        var at = bytes.readerIndex();
        while (at < bytes.writerIndex()) {
            at = step(bytes, at);
            if (between()) {
                return at - bytes.readerIndex();
            }
        }
        return -1;
    }

    private int step(ByteBuf bytes, int at) {
        if (payload > 0 && head == 0) {
            var taken = (int) Math.min(payload, bytes.writerIndex() - at);
            payload -= taken;
            return at + taken;
        }
        var value = bytes.getUnsignedByte(at);
        if (head == 1) {
            var length = value & 0x7F;
            headLength = 2
                    + (length == SHORT ? Short.BYTES : length == LONG ? Long.BYTES : 0)
                    + (value >= 0x80 ? MASK_BYTES : 0);
            masked = value >= 0x80;
            payload = length < SHORT ? length : 0;
            extended = length >= SHORT;
        } else if (head > 1 && extended && head < headLength - (masked ? MASK_BYTES : 0)) {
            payload = payload << Byte.SIZE | value;
        }
        head++;
        if (head >= 2 && head == headLength) {
            head = 0;
            headLength = 2;
            payload = Math.max(0, payload);
        }
        return at + 1;
    }
}
