package io.triport.storage.audit;

import io.triport.domain.audit.AuditColumn;
import io.triport.domain.audit.AuditRecord;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A record as bytes: length and checksum in four bytes each, then for each column that is there its place, and a long or a text
 * with its length.
 */
record AuditFrame(AuditRecord record, int bytes) {
    private static final int HEAD = 2 * Integer.BYTES;
    private static final int LONGEST = 1 << 20;
    static final int LONGEST_FRAME = HEAD + LONGEST;
    private static final AuditColumn[] COLUMNS = AuditColumn.values();

    static void write(ByteArrayOutputStream out, AuditRecord record) {
        var body = body(record);
        out.writeBytes(ByteBuffer.allocate(HEAD)
                .putInt(body.length)
                .putInt(checksum(body))
                .array());
        out.writeBytes(body);
    }

    /** The record at the buffer's position, or empty where what is there was not written to its end. */
    static Optional<AuditFrame> read(ByteBuffer buffer) {
        if (buffer.remaining() < HEAD) {
            return Optional.empty();
        }
        var length = buffer.getInt();
        var checksum = buffer.getInt();
        if (length < 0 || length > LONGEST || length > buffer.remaining()) {
            return Optional.empty();
        }
        var body = new byte[length];
        buffer.get(body);
        return checksum(body) == checksum ? Optional.of(new AuditFrame(parse(body), HEAD + length)) : Optional.empty();
    }

    private static byte[] body(AuditRecord record) {
        try (var bytes = new ByteArrayOutputStream(512);
                var out = new DataOutputStream(bytes)) {
            for (var column : COLUMNS) {
                if (column.kind() == AuditColumn.Kind.TEXT) {
                    writeText(out, column, record.text(column));
                } else if (record.number(column).isPresent()) {
                    out.writeByte(column.ordinal());
                    out.writeLong(record.number(column).getAsLong());
                }
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeText(DataOutputStream out, AuditColumn column, Optional<String> text) throws IOException {
        if (text.isPresent()) {
            var bytes = text.get().getBytes(StandardCharsets.UTF_8);
            out.writeByte(column.ordinal());
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static AuditRecord parse(byte[] body) {
        try (var in = new DataInputStream(new java.io.ByteArrayInputStream(body))) {
            var record = AuditRecord.builder("-", Instant.EPOCH);
            while (in.available() > 0) {
                var column = COLUMNS[in.readUnsignedByte()];
                if (column.kind() == AuditColumn.Kind.TEXT) {
                    record.text(column, new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8));
                } else {
                    record.number(column, in.readLong());
                }
            }
            return record.build();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int checksum(byte[] body) {
        var crc = new CRC32C();
        crc.update(body, 0, body.length);
        return (int) crc.getValue();
    }
}
