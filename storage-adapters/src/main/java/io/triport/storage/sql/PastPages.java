package io.triport.storage.sql;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/** Makes pages smaller for the log of earlier states, and large again. Used by one thread. */
final class PastPages implements AutoCloseable {
    /*
     * Most changes leave most of a page as it was. So the page before is the dictionary (RFC 1950, section 2.2): what has not changed is
     * named by its place there. Its checksum is in the bytes, so that it cannot be read with another page. SQLite changes some numbers in
     * the first page of a copy that it makes (SQLite: The Database File Format, section 1.3): those do not count.
     */
    private static final List<Integer> OF_A_COPY = List.of(24, 28, 40, 92, 96);

    private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
    private final Inflater inflater = new Inflater();
    private final byte[] smaller = new byte[WalFile.PAGE_BYTES];

    /** @param before the same page before the change; null where that is not at hand */
    PastEntry.Page page(int number, byte[] page, byte @Nullable [] before) {
        deflater.reset();
        if (before != null) {
            deflater.setDictionary(dictionary(number, before));
        }
        deflater.setInput(page);
        deflater.finish();
        var size = deflater.deflate(smaller);
        if (!deflater.finished()) {
            return new PastEntry.Page(number, PastEntry.Coding.PLAIN, ByteBuffer.wrap(page));
        }
        var coding = before == null ? PastEntry.Coding.SMALLER : PastEntry.Coding.CHANGED;
        return new PastEntry.Page(number, coding, ByteBuffer.wrap(Arrays.copyOf(smaller, size)));
    }

    /** The bytes that it was made of; null when they cannot be told. @param before of the page */
    @Nullable
    ByteBuffer bytes(PastEntry.Page page, byte[] before) {
        return switch (page.coding()) {
            case PLAIN -> page.bytes().remaining() == WalFile.PAGE_BYTES ? page.bytes() : null;
            case SMALLER, CHANGED -> inflated(page.bytes(), dictionary(page.number(), before));
        };
    }

    @Override
    public void close() {
        deflater.end();
        inflater.end();
    }

    private static byte[] dictionary(int number, byte[] before) {
        var bytes = before.clone();
        if (number == 1) {
            OF_A_COPY.forEach(at -> ByteBuffer.wrap(bytes).putInt(at, 0));
        }
        return bytes;
    }

    private @Nullable ByteBuffer inflated(ByteBuffer from, byte[] before) {
        var page = new byte[WalFile.PAGE_BYTES];
        try {
            inflater.reset();
            inflater.setInput(from);
            var size = inflater.inflate(page);
            if (inflater.needsDictionary()) {
                inflater.setDictionary(before);
                size = inflater.inflate(page);
            }
            return size == page.length ? ByteBuffer.wrap(page) : null;
        } catch (DataFormatException | IllegalArgumentException e) {
            // Another page before than the one that it was made with.
            return null;
        }
    }
}
