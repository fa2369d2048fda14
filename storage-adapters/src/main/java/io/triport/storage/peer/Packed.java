package io.triport.storage.peer;

import io.triport.domain.request.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Puts values behind each other, as {@link Unpacked} takes them off. */
final class Packed {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    private interface Write {
        void on(DataOutputStream out) throws IOException;
    }

    Packed number(long number) {
        return write(to -> to.writeLong(number));
    }

    Packed text(String text) {
        return bytes(Bytes.utf8(text));
    }

    Packed bytes(Bytes some) {
        return write(to -> {
            to.writeInt(some.size());
            to.write(some.toByteArray());
        });
    }

    Bytes done() {
        return Bytes.copyOf(bytes.toByteArray());
    }

    private Packed write(Write write) {
        try {
            write.on(out);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written", e);
        }
    }
}
