package io.triport.domain.request;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** An immutable byte string, ordered by unsigned bytes. Its array never leaves; what goes out is a copy or a read-only view. */
public final class Bytes implements Comparable<Bytes> {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] array;

    private Bytes(byte[] array) {
        this.array = array;
    }

    public static Bytes copyOf(byte[] array) {
        return new Bytes(array.clone());
    }

    /** Copies what remains of the buffer and leaves its position alone. */
    public static Bytes from(ByteBuffer buffer) {
        var array = new byte[buffer.remaining()];
        buffer.duplicate().get(array);
        return new Bytes(array);
    }

    /**
     * Reads what the stream has, which is closed by the caller.
     *
     * @param expected how many bytes that is; more are read all the same
     */
    public static Bytes readFrom(InputStream stream, int expected) throws IOException {
        var array = new byte[expected];
        var size = stream.readNBytes(array, 0, expected);
        var more = stream.readAllBytes();
        if (more.length == 0) {
            return new Bytes(size == expected ? array : Arrays.copyOf(array, size));
        }
        return new Bytes(array).concat(new Bytes(more));
    }

    /**
     * The UTF-8 form of a text.
     *
     * @throws InvalidInput when the text has a lone surrogate, which UTF-8 cannot carry
     */
    public static Bytes utf8(String text) {
        try {
            var encoded = StandardCharsets.UTF_8
                    .newEncoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .encode(CharBuffer.wrap(text));
            return from(encoded);
        } catch (CharacterCodingException e) {
            throw new InvalidInput("text", "Unicode without lone surrogates");
        }
    }

    /** @throws InvalidInput when the text is not an even number of hexadecimal digits */
    public static Bytes parseHex(String text) {
        try {
            return new Bytes(HexFormat.of().parseHex(text));
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("hex", "an even number of hexadecimal digits");
        }
    }

    public int size() {
        return array.length;
    }

    public boolean isEmpty() {
        return array.length == 0;
    }

    /** @throws IndexOutOfBoundsException outside 0..size-1 */
    public byte at(int index) {
        return array[index];
    }

    public boolean startsWith(Bytes prefix) {
        return array.length >= prefix.array.length
                && Arrays.equals(array, 0, prefix.array.length, prefix.array, 0, prefix.array.length);
    }

    public Bytes concat(Bytes other) {
        var joined = Arrays.copyOf(array, array.length + other.array.length);
        System.arraycopy(other.array, 0, joined, array.length, other.array.length);
        return new Bytes(joined);
    }

    /** All of them behind each other. @throws ArithmeticException when they are more than one array can have */
    public static Bytes joined(List<Bytes> pieces) {
        var size = 0;
        for (var piece : pieces) {
            size = Math.addExact(size, piece.array.length);
        }
        var joined = new byte[size];
        var at = 0;
        for (var piece : pieces) {
            System.arraycopy(piece.array, 0, joined, at, piece.array.length);
            at += piece.array.length;
        }
        return new Bytes(joined);
    }

    /** @throws IndexOutOfBoundsException when the range does not lie within 0..size */
    public Bytes slice(int from, int to) {
        java.util.Objects.checkFromToIndex(from, to, array.length);
        return from == 0 && to == array.length ? this : new Bytes(Arrays.copyOfRange(array, from, to));
    }

    public byte[] toByteArray() {
        return array.clone();
    }

    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(array).asReadOnlyBuffer();
    }

    public InputStream toInputStream() {
        return new ByteArrayInputStream(array);
    }

    public String toHex() {
        return HexFormat.of().formatHex(array);
    }

    /** @throws InvalidInput when the bytes are not UTF-8 */
    public String toUtf8() {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(array))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidInput("text", "UTF-8");
        }
    }

    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(array, other.array);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(array);
    }

    /** The length alone: values and secrets pass through this type. */
    @Override
    public String toString() {
        return "Bytes[" + array.length + "]";
    }
}
