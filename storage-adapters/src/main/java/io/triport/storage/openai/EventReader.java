package io.triport.storage.openai;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * The data of server-sent events (WHATWG HTML, section 9.2), which are lines of UTF-8 that come cut anywhere: a line is put together
 * from bytes before it is read as text. Other fields, and comments, are passed over. For one thread, but for {@link #close}.
 */
final class EventReader implements AutoCloseable {
    private static final int LONGEST = 8 << 20;
    private static final Bytes BYTE_ORDER_MARK = Bytes.parseHex("efbbbf");
    private static final Bytes DATA = Bytes.utf8("data");

    private final InputStream stream;
    private final byte[] buffer = new byte[16 << 10];
    private int at;
    private int end;
    private boolean first = true;
    private boolean afterReturn;

    EventReader(InputStream stream) {
        this.stream = stream;
    }

    /** The next one's; null at the end. One that is not followed by an empty line does not count. */
    @Nullable
    Bytes next() throws IOException {
        var data = new ByteArrayOutputStream();
        var any = false;
        for (var line = line(); line != null; line = line()) {
            if (line.isEmpty() && any) {
                return Bytes.copyOf(data.toByteArray());
            }
            if (named(line)) {
                if (any) {
                    data.write('\n');
                }
                any = true;
                data.writeBytes(value(line).toByteArray());
                require(data.size());
            }
        }
        return null;
    }

    private static boolean named(Bytes line) {
        return line.startsWith(DATA) && (line.size() == DATA.size() || line.at(DATA.size()) == ':');
    }

    /** Behind the colon and one blank. */
    private static Bytes value(Bytes line) {
        var from = Math.min(DATA.size() + 1, line.size());
        return line.slice(from < line.size() && line.at(from) == ' ' ? from + 1 : from, line.size());
    }

    /** Ended by CR, LF or both; null at the end, also of a line that was begun. */
    private @Nullable Bytes line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (var next = read(); next >= 0; next = read()) {
            if (next == '\n' && afterReturn) {
                afterReturn = false;
                continue;
            }
            afterReturn = next == '\r';
            if (next == '\n' || next == '\r') {
                return withoutMark(Bytes.copyOf(line.toByteArray()));
            }
            line.write(next);
            require(line.size());
        }
        return null;
    }

    private Bytes withoutMark(Bytes line) {
        var marked = first && line.startsWith(BYTE_ORDER_MARK);
        first = false;
        return marked ? line.slice(BYTE_ORDER_MARK.size(), line.size()) : line;
    }

    private int read() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(0, stream.read(buffer));
        }
        return at == end ? -1 : buffer[at++] & 0xff;
    }

    private static void require(int size) {
        if (size > LONGEST) {
            throw new StorageFailure.Unavailable(
                    FailureCode.UNAVAILABLE, "model server: an event of more than " + LONGEST + " bytes");
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
