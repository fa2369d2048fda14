package io.triport.storage.postgresql;

import com.zaxxer.hikari.HikariDataSource;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.storage.StorageLevel;
import io.triport.domain.time.Randomness;
import io.triport.domain.vector.IndexCatalogue;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorCursors;
import io.triport.domain.vector.VectorIndex;
import io.triport.domain.vector.VectorLimits;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One node's part of the vector indexes of a database, on connections of its own. Safe for many threads. */
final class PgvectorIndexes implements SharedVectors {
    private final HikariDataSource pool;
    private final PooledDatabase database;
    private final PgvectorCatalogue catalogue;
    private final Means means;

    /**
     * What every index needs.
     *
     * @param exactBelow how many vectors have to come into question before a search may miss some
     */
    record Means(VectorLimits limits, int exactBelow, CursorSeal cursors, Clock clock) {}

    private PgvectorIndexes(HikariDataSource pool, Means means, Randomness randomness) {
        this.pool = pool;
        this.database = new PooledDatabase(pool);
        this.catalogue = new PgvectorCatalogue(database, means.clock(), randomness);
        this.means = means;
    }

    /** @throws io.triport.domain.failure.StorageFailure.Rejected UNSUPPORTED where the database has no such extension */
    static PgvectorIndexes open(PostgreSqlSettings settings, Means means, Randomness randomness) {
        var pool = Pool.ofVectors(settings);
        try {
            var indexes = new PgvectorIndexes(pool, means, randomness);
            PgvectorExtension.require(indexes.database);
            return indexes;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    @Override
    public Optional<VectorIndex> open(IndexName name) {
        return catalogue
                .find(name)
                .map(index ->
                        new PgvectorIndex(index, database, means, new VectorCursors(means.cursors(), index.id())));
    }

    @Override
    public IndexCatalogue catalogue() {
        return catalogue;
    }

    @Override
    public String adapter() {
        return "pgvector";
    }

    @Override
    public List<StorageLevel> levels() {
        return database.levels("vectors");
    }

    @Override
    public void close() {
        pool.close();
    }
}
