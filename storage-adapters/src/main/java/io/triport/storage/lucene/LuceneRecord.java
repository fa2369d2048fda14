package io.triport.storage.lucene;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorNamespace;
import io.triport.domain.vector.VectorValues;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.util.BytesRef;

/** The bytes in which an index keeps what a vector is, beside the values that it searches by. */
final class LuceneRecord {
    /*
     * Layout: version (1), whether the values are here (1), then with its length before it (2) each of id and namespace, metadata
     * (4 before it), the values where they are here (4 before them, 4 each), and a CRC-32C (4) of all that and of the values
     * wherever they are. Lucene checks the sums of its files when it merges them, but the values are read without: this sum is what
     * tells that a value is not what was stored.
     */
    private static final byte VERSION = 1;
    private static final int LENGTHS = 2 + 2 * Short.BYTES + Integer.BYTES;

    private LuceneRecord() {}

    /** Where the values of a vector lie. */
    enum Place {
        /** In the field that is searched. */
        FIELD,
        /** In the record itself. */
        RECORD
    }

    static BytesRef write(Vector vector, Place place) {
        var id = vector.id().bytes();
        var namespace = vector.namespace().bytes();
        var metadata = Bytes.utf8(vector.metadata().json());
        var values = vector.values().toArray();
        var inside = place == Place.RECORD ? Integer.BYTES + values.length * Float.BYTES : 0;
        var buffer = ByteBuffer.allocate(
                        LENGTHS + id.size() + namespace.size() + metadata.size() + inside + Integer.BYTES)
                .put(VERSION)
                .put((byte) place.ordinal())
                .putShort((short) id.size())
                .put(id.toByteBuffer())
                .putShort((short) namespace.size())
                .put(namespace.toByteBuffer())
                .putInt(metadata.size())
                .put(metadata.toByteBuffer());
        if (place == Place.RECORD) {
            buffer.putInt(values.length);
            for (var value : values) {
                buffer.putFloat(value);
            }
        }
        buffer.putInt(sum(buffer.array(), buffer.position(), values));
        return new BytesRef(buffer.array());
    }

    /** Whether the values are not in the field that is searched. */
    static boolean holdsValues(BytesRef record) {
        return record.length > 1 && record.bytes[record.offset + 1] == Place.RECORD.ordinal();
    }

    /**
     * @param field the values of the field that is searched; not looked at where the record has them
     * @throws CorruptIndexException when it is not what was stored
     */
    static Vector read(BytesRef record, float[] field) throws IOException {
        try {
            var bytes = Arrays.copyOfRange(record.bytes, record.offset, record.offset + record.length);
            var buffer = ByteBuffer.wrap(bytes);
            if (buffer.get() != VERSION) {
                throw damaged();
            }
            var inside = buffer.get() == Place.RECORD.ordinal();
            var id = part(buffer, Short.toUnsignedInt(buffer.getShort()));
            var namespace = part(buffer, Short.toUnsignedInt(buffer.getShort()));
            var metadata = part(buffer, buffer.getInt());
            var values = inside ? values(buffer) : field;
            var sum = sum(bytes, buffer.position(), values);
            if (buffer.getInt() != sum || buffer.hasRemaining()) {
                throw damaged();
            }
            return new Vector(
                    new VectorId(id),
                    new VectorNamespace(namespace),
                    VectorValues.of(values),
                    new VectorMetadata(metadata.toUtf8()));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | StorageFailure | InvalidInput e) {
            throw new CorruptIndexException("vector", "record", e);
        }
    }

    private static Bytes part(ByteBuffer buffer, int length) {
        var part = Bytes.from(buffer.slice(buffer.position(), length));
        buffer.position(buffer.position() + length);
        return part;
    }

    private static float[] values(ByteBuffer buffer) {
        var count = buffer.getInt();
        if (count < 0 || count > VectorValues.MOST) {
            throw new BufferUnderflowException();
        }
        var values = new float[count];
        for (var i = 0; i < count; i++) {
            values[i] = buffer.getFloat();
        }
        return values;
    }

    private static int sum(byte[] bytes, int length, float[] values) {
        var floats = ByteBuffer.allocate(values.length * Float.BYTES);
        for (var value : values) {
            floats.putFloat(value);
        }
        var sum = new CRC32C();
        sum.update(bytes, 0, length);
        sum.update(floats.array());
        return (int) sum.getValue();
    }

    private static CorruptIndexException damaged() {
        return new CorruptIndexException("vector: another sum than was stored", "record");
    }
}
