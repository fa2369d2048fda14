package io.triport.storage.postgresql;

import io.triport.domain.identity.Secret;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.VectorLimits;
import io.triport.testkit.KilledVectors;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;

/** The process that is killed while it writes batches; its arguments are the database's URL and the name of the index. */
final class KilledPgvectorWriter {
    private KilledPgvectorWriter() {}

    public static void main(String[] arguments) {
        var settings = new PostgreSqlSettings(arguments[0], "postgres", Secret.of("postgres"));
        var indexes = PgvectorFixture.open(
                settings,
                VectorLimits.USUAL,
                PgvectorSearch.EXACT_BELOW,
                SettableClock.anywhere(),
                new SeededRandomness(1));
        KilledVectors.write(indexes.open(new IndexName(arguments[1])).orElseThrow(), System.out);
    }
}
