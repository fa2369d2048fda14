package io.triport.testkit;

import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.SqlDatabases;
import java.util.List;
import java.util.Set;

/** What an adapter gives the contract of databases: a place for databases of its own, empty at first. */
public interface SqlFixture extends AutoCloseable {
    SqlDatabases databases();

    /** Closes the databases and opens them again over the same data. */
    SqlDatabases reopen();

    /** By which calls end that last too long. */
    SettableTicker ticker();

    /** By which states are kept, and told to be of a time. */
    SettableClock clock();

    /** Lets somebody else write to the database, in a transaction that goes on until it is closed. */
    Writing holdWriter(DatabaseName name);

    /** Kills a process in the midst of batches of {@link KilledBatches}, and opens the databases again. @return what it told */
    default List<Integer> killWhileWriting(DatabaseName name) {
        throw new UnsupportedOperationException("survives-kill");
    }

    Set<SqlCapability> capabilities();

    /** What is written in another way in another dialect. */
    default SqlWords words() {
        return SqlWords.SQLITE;
    }

    @Override
    void close();

    /** A transaction of somebody else. */
    interface Writing extends AutoCloseable {
        @Override
        void close();
    }
}
