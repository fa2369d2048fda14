package io.triport.identity.connection;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** What stands in front of a connection that a proxy hands on: the header of the PROXY protocol, version 2 (HAProxy, section 2.2). */
sealed interface ProxyHeader {
    /** More bytes are needed to say. */
    record Incomplete() implements ProxyHeader {}

    /** It is none, or not one that a connection of ours can have. */
    record Malformed() implements ProxyHeader {}

    /** The proxy speaks for itself, or does not say for whom. @param length of the header in bytes */
    record Own(int length) implements ProxyHeader {}

    /** @param client for whom it speaks. @param length of the header in bytes */
    record Handed(InetAddress client, int length) implements ProxyHeader {}

    /** Reads what begins at the reader's place, and leaves that where it is. */
    static ProxyHeader read(ByteBuf bytes) {
        var start = bytes.readerIndex();
        var there = Math.min(bytes.readableBytes(), Form.SIGNATURE.readableBytes());
        if (!ByteBufUtil.equals(bytes, start, Form.SIGNATURE, 0, there)) {
            return new Malformed();
        }
        if (bytes.readableBytes() < Form.FIXED) {
            return new Incomplete();
        }
        var length = Form.FIXED + bytes.getUnsignedShort(start + Form.LENGTH_AT);
        if (length > Form.LONGEST) {
            return new Malformed();
        }
        return bytes.readableBytes() < length ? new Incomplete() : whole(bytes, start, length);
    }

    private static ProxyHeader whole(ByteBuf bytes, int start, int length) {
        return switch (bytes.getUnsignedByte(start + Form.COMMAND_AT)) {
            case Form.LOCAL -> new Own(length);
            case Form.PROXY ->
                switch (bytes.getUnsignedByte(start + Form.FAMILY_AT)) {
                    case Form.UNSPECIFIED, Form.UNIX_STREAM -> new Own(length);
                    case Form.TCP_4 -> handed(bytes, start, length, Form.ADDRESS_4);
                    case Form.TCP_6 -> handed(bytes, start, length, Form.ADDRESS_6);
                    default -> new Malformed();
                };
            default -> new Malformed();
        };
    }

    private static ProxyHeader handed(ByteBuf bytes, int start, int length, int addressLength) {
        if (length < Form.FIXED + 2 * addressLength + Form.PORTS) {
            return new Malformed();
        }
        var address = new byte[addressLength];
        bytes.getBytes(start + Form.FIXED, address);
        try {
            return new Handed(InetAddress.getByAddress(address), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("address of " + addressLength + " bytes (expected: 4 or 16)", e);
        }
    }

    /** Where what stands, and what it means. */
    final class Form {
        private static final ByteBuf SIGNATURE = Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(
                        new byte[] {0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A})
                .asReadOnly());
        private static final int COMMAND_AT = 12;
        private static final int FAMILY_AT = 13;
        private static final int LENGTH_AT = 14;
        private static final int FIXED = 16;
        /** Addresses are short; what may follow them, such as a certificate, is not looked at. */
        private static final int LONGEST = 4_096;

        private static final int LOCAL = 0x20;
        private static final int PROXY = 0x21;
        private static final int UNSPECIFIED = 0x00;
        private static final int TCP_4 = 0x11;
        private static final int TCP_6 = 0x21;
        private static final int UNIX_STREAM = 0x31;
        private static final int ADDRESS_4 = 4;
        private static final int ADDRESS_6 = 16;
        private static final int PORTS = 4;

        private Form() {}
    }
}
