package io.triport.storage.postgresql;

import io.triport.domain.request.Bytes;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorId;
import io.triport.domain.vector.VectorMetadata;
import io.triport.domain.vector.VectorNamespace;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;

/** What the rows of an index's table say. */
final class PgvectorRow {
    private PgvectorRow() {}

    static VectorId id(ResultSet row) throws SQLException {
        return new VectorId(Bytes.copyOf(row.getBytes(1)));
    }

    static Vector vector(ResultSet row) throws SQLException {
        return new Vector(
                id(row),
                new VectorNamespace(Bytes.copyOf(row.getBytes(2))),
                PgvectorValues.from(row.getBytes(4)),
                metadata(row.getBytes(3)));
    }

    static VectorMetadata metadata(byte[] json) {
        return new VectorMetadata(Bytes.copyOf(json).toUtf8());
    }

    static byte[][] ids(Collection<VectorId> ids) {
        return ids.stream().map(id -> id.bytes().toByteArray()).toArray(byte[][]::new);
    }
}
