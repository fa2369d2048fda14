package io.triport.storage.postgresql;

import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.request.Bytes;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorIndexes;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.KilledWriter;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.VectorCapability;
import io.triport.testkit.VectorFixture;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** A node on the database, which has no indexes at first. */
final class PgvectorFixture implements VectorFixture {
    private static final int WRITTEN_BEFORE_KILL = 60;

    private final PostgreSqlSettings settings;
    private final SettableClock clock = SettableClock.anywhere();
    private final SeededRandomness randomness = new SeededRandomness(7);
    private PgvectorIndexes indexes;

    PgvectorFixture(PostgreSqlSettings settings) {
        this.settings = settings;
        this.indexes = open(VectorLimits.USUAL);
        dropAll();
    }

    @Override
    public VectorIndexes indexes() {
        return indexes;
    }

    @Override
    public VectorIndexes reopen(VectorLimits limits) {
        indexes.close();
        indexes = open(limits);
        return indexes;
    }

    @Override
    public SettableClock clock() {
        return clock;
    }

    @Override
    public List<Integer> killWhileWriting(IndexName name) {
        return KilledWriter.killAfter(
                WRITTEN_BEFORE_KILL, KilledPgvectorWriter.class.getName(), List.of(settings.url(), name.text()));
    }

    @Override
    public Set<VectorCapability> capabilities() {
        return VectorServer.small()
                ? EnumSet.complementOf(EnumSet.of(VectorCapability.LARGE_INDEXES))
                : EnumSet.allOf(VectorCapability.class);
    }

    @Override
    public void close() {
        dropAll();
        indexes.close();
    }

    /** Another node. */
    PgvectorIndexes open(VectorLimits limits) {
        return open(settings, limits, PgvectorSearch.EXACT_BELOW, clock, randomness);
    }

    static PgvectorIndexes open(
            PostgreSqlSettings settings,
            VectorLimits limits,
            int exactBelow,
            SettableClock clock,
            SeededRandomness randomness) {
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), clock);
        return PgvectorIndexes.open(settings, new PgvectorIndexes.Means(limits, exactBelow, seal, clock), randomness);
    }

    private void dropAll() {
        var catalogue = indexes.catalogue();
        catalogue.indexes().forEach(index -> catalogue.drop(index.id()));
    }
}
