package io.triport.storage.sql;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.sql.DatabaseId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.zip.CRC32C;

/** A copy of a database on its way to the bucket. Used by one thread. */
final class SqlShippedCopy {
    /** From the oldest on. */
    static final Comparator<ShippedFile.Copy> ORDER =
            Comparator.comparingInt(ShippedFile.Copy::start).thenComparingLong(ShippedFile.Copy::number);

    private static final int BUFFER_BYTES = 1024 * 1024;

    private final DatabaseId id;
    private final PastBase base;
    private final ShippedFile.Copy name;
    private final FileTime made;
    private final ShippedBucket bucket;
    private long from;

    private SqlShippedCopy(DatabaseId id, PastBase base, ShippedFile.Copy name, FileTime made, ShippedBucket bucket) {
        this.id = id;
        this.base = base;
        this.name = name;
        this.made = made;
        this.bucket = bucket;
    }

    static SqlShippedCopy of(DatabaseId id, PastBase base, ShippedBucket bucket) throws IOException {
        var made = Files.getLastModifiedTime(base.file());
        try (var channel = FileChannel.open(base.file())) {
            var name = new ShippedFile.Copy(base.start(), base.number(), channel.size(), sum(channel));
            return new SqlShippedCopy(id, base, name, made, bucket);
        }
    }

    PastBase base() {
        return base;
    }

    /** Puts the next piece; whether more follow. */
    boolean next() throws IOException {
        var end = Math.min(from + PastPiece.BYTES, name.bytes());
        var piece = PastPiece.bytes(base.file(), from, end);
        var same = Files.getLastModifiedTime(base.file()).equals(made);
        if (!same || !bucket.put(ShippedNames.piece(id, name, from), piece)) {
            // Made once more meanwhile, with other bytes: the next try has the name of those.
            throw new StorageFailure.Corrupt("sql history: " + base.file() + " has changed");
        }
        from = end;
        return from < name.bytes();
    }

    static int sum(FileChannel channel) throws IOException {
        var sum = new CRC32C();
        var some = ByteBuffer.allocate(BUFFER_BYTES);
        for (var at = 0L; channel.read(some, at) >= 0; at += some.flip().remaining(), some.clear()) {
            sum.update(some.duplicate().flip());
        }
        return (int) sum.getValue();
    }
}
