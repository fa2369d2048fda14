package io.triport.testkit;

import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlDatabase;
import io.triport.domain.sql.SqlValue;
import java.io.PrintStream;
import java.util.ArrayList;

/** A process that writes batches until it is killed and tells each answered one, as {@link KilledWriter#killAfter} reads it. */
public final class KilledBatches {
    /** Rows of a batch. */
    public static final int ROWS = 20;

    private KilledBatches() {}

    /** What the batches write to. */
    public static Sql table() {
        return Sql.of("create table if not exists written (batch integer, part integer)");
    }

    /** Writes without end; for the main method of the process that will be killed. */
    public static void write(SqlDatabase database, PrintStream out) {
        database.query(table());
        for (var number = 0; number >= 0; number++) {
            var batch = new ArrayList<Sql>();
            for (var part = 0; part < ROWS; part++) {
                batch.add(Sql.of("insert into written values (?, ?)", SqlValue.of(number), SqlValue.of(part)));
            }
            database.batch(batch);
            out.println("written " + number);
            out.flush();
        }
    }
}
