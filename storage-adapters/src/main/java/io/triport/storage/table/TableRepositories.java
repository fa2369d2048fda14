package io.triport.storage.table;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.runtime.JdbcOperations;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.table.Tables;
import io.triport.storage.jdbc.TableAccess;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.function.Supplier;

/** The repositories of the typed tables, of whatever engine: each call runs on the connection of the unit that makes it. */
@Requires(property = TableAccess.WANTED)
@Singleton
public final class TableRepositories {
    private final CounterRepository counters;
    private final SettingsRepository settings;
    private final AuditRepository audit;
    private final JobRepository jobs;
    private final EventRepository events;
    private final ErrorRepository errors;
    private final VersionRepository versions;
    private final Queries queries;

    TableRepositories(
            CounterRepository counters,
            SettingsRepository settings,
            AuditRepository audit,
            JobRepository jobs,
            EventRepository events,
            ErrorRepository errors,
            VersionRepository versions,
            @Named(TableAccess.SOURCE) JdbcOperations operations) {
        this.counters = counters;
        this.settings = settings;
        this.audit = audit;
        this.jobs = jobs;
        this.events = events;
        this.errors = errors;
        this.versions = versions;
        this.queries = new Queries(operations);
    }

    /**
     * Opens the repositories in a context of their own, so that no app can ask its context for one, or for a connection.
     *
     * @return what has to be closed
     */
    public static ApplicationContext open() {
        return ApplicationContext.builder()
                .deduceEnvironment(false)
                .properties(Map.of(TableAccess.WANTED, true))
                .start();
    }

    /** For an engine that nobody asks for its tables. */
    public static Supplier<TableRepositories> none() {
        return () -> {
            throw new StorageFailure.Rejected(FailureCode.UNSUPPORTED, "tables: not opened");
        };
    }

    /** The tables of an engine, or of one unit of its writes. */
    public Tables tables(TableAccess access) {
        return new JdbcTables(access, this);
    }

    CounterRepository counters() {
        return counters;
    }

    SettingsRepository settings() {
        return settings;
    }

    AuditRepository audit() {
        return audit;
    }

    JobRepository jobs() {
        return jobs;
    }

    EventRepository events() {
        return events;
    }

    ErrorRepository errors() {
        return errors;
    }

    VersionRepository versions() {
        return versions;
    }

    Queries queries() {
        return queries;
    }
}
