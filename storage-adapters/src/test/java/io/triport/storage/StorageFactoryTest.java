package io.triport.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micronaut.context.ApplicationContext;
import io.triport.domain.cache.CacheLimits;
import io.triport.domain.cache.CacheMatch;
import io.triport.domain.cache.CacheName;
import io.triport.domain.cache.CachePut;
import io.triport.domain.cache.CacheRequest;
import io.triport.domain.cache.CacheUrl;
import io.triport.domain.cache.CachedResponse;
import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.inference.InferenceInput;
import io.triport.domain.inference.InferenceOutput;
import io.triport.domain.inference.ModelBackend;
import io.triport.domain.inference.ModelBinding;
import io.triport.domain.inference.ModelBindings;
import io.triport.domain.inference.ModelEntry;
import io.triport.domain.inference.ModelFilter;
import io.triport.domain.inference.ModelInfo;
import io.triport.domain.inference.ModelLimits;
import io.triport.domain.inference.ModelName;
import io.triport.domain.inference.Price;
import io.triport.domain.inference.Task;
import io.triport.domain.inference.TokenBudget;
import io.triport.domain.object.Backend;
import io.triport.domain.object.BucketBinding;
import io.triport.domain.object.BucketBindings;
import io.triport.domain.object.BucketName;
import io.triport.domain.object.HeadOutcome;
import io.triport.domain.object.ObjectKey;
import io.triport.domain.object.ObjectRef;
import io.triport.domain.object.Versioning;
import io.triport.domain.object.WriteOptions;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Headers;
import io.triport.domain.request.SharedRateLimiter;
import io.triport.domain.sql.DatabaseName;
import io.triport.domain.sql.Sql;
import io.triport.domain.sql.SqlLimits;
import io.triport.domain.storage.CachePlace;
import io.triport.domain.storage.CachePlan;
import io.triport.domain.storage.CallDeadlines;
import io.triport.domain.storage.Durability;
import io.triport.domain.storage.SqlServer;
import io.triport.domain.storage.Storage;
import io.triport.domain.storage.StorageHealth;
import io.triport.domain.storage.StorageLevels;
import io.triport.domain.storage.StorageLog;
import io.triport.domain.storage.StorageSettings;
import io.triport.domain.time.Randomness;
import io.triport.domain.time.Ticker;
import io.triport.domain.vector.IndexName;
import io.triport.domain.vector.IndexShape;
import io.triport.domain.vector.Metric;
import io.triport.domain.vector.Vector;
import io.triport.domain.vector.VectorLimits;
import io.triport.storage.postgresql.TestDatabase;
import io.triport.storage.redis.RedisServer;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TestGrants;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class StorageFactoryTest {
    @TempDir
    private Path directory;

    @Test
    void an_engine_of_one_process_brings_no_shared_limits() {
        try (var context = context(new StorageSettings.Embedded())) {
            assertThat(context.getBean(Wanting.class).limiter).isNull();
            assertThat(context.getBean(StorageHealth.class).info().name()).isEqualTo("sqlite");
        }
    }

    @Test
    void postgresql_brings_shared_limits() {
        try (var database = TestDatabase.fresh();
                var context = context(database.engine())) {
            assertThat(context.getBean(Wanting.class).limiter).isNotNull();
            assertThat(context.getBean(StorageHealth.class).info().name()).isEqualTo("postgresql");
            assertThat(context.getBean(StorageHealth.class).info().durability()).isEqualTo(Durability.PROCESS);
            assertThat(context.getBean(StorageHealth.class).answers()).isTrue();
        }
    }

    @Test
    void buckets_are_those_that_the_bindings_name() {
        var bucket = new BucketName("bucket");
        var binding = new BucketBinding(bucket, new Backend.FileSystem("objects"), Bytes.EMPTY, Versioning.OFF);
        var clock = SettableClock.anywhere();
        try (var context = context(
                new StorageSettings.Embedded(), any -> any.equals(bucket) ? Optional.of(binding) : Optional.empty())) {
            var storage = context.getBean(Storage.class);
            var grant = new TestGrants(clock).ofEverything();

            storage.objects(grant, bucket).put(ObjectKey.of("a"), Content.of(Bytes.utf8("v")), WriteOptions.PLAIN);

            assertThat(storage.objects(grant, bucket).head(ObjectRef.current(ObjectKey.of("a"))))
                    .isInstanceOf(HeadOutcome.Found.class);
            assertThat(directory.resolve("objects").resolve("index.db")).exists();
        }
    }

    @Test
    void databases_lie_in_a_folder_of_the_data_directory() {
        var name = new DatabaseName("orders");
        try (var context = context(new StorageSettings.Embedded(), null, SqlLimits.USUAL)) {
            var storage = context.getBean(Storage.class);
            var grant = new TestGrants(SettableClock.anywhere()).ofEverything();

            var id = storage.databases(grant).create(name).id();
            storage.sql(grant, name).query(Sql.of("create table t (v)"));

            assertThat(storage.sql(grant, name).info().tables()).isEqualTo(1);
            assertThat(directory.resolve("sql").resolve(id + ".db")).exists();
            assertThat(context.getBean(StorageLevels.class).levels())
                    .filteredOn(level -> level.part().equals("sql-statements"))
                    .extracting(level -> level.now().getAsDouble())
                    .containsExactly(0.0, 32.0, 0.0);
        }
    }

    @Test
    void databases_of_an_app_that_takes_them_there_lie_on_the_server() {
        var name = new DatabaseName("orders");
        try (var database = TestDatabase.fresh();
                var one = context(database.engine(), null, new SqlServer());
                var other = context(database.engine(), null, new SqlServer())) {
            var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
            var catalogue = one.getBean(Storage.class).databases(grant);

            var made = catalogue.create(name);
            one.getBean(Storage.class).sql(grant, name).query(Sql.of("create table t (v jsonb)"));

            assertThat(other.getBean(Storage.class).sql(grant, name).info().tables())
                    .isEqualTo(1);
            assertThat(one.getBean(StorageLevels.class).levels())
                    .filteredOn(level -> level.part().equals("sql-connections"))
                    .extracting(level -> level.now().getAsDouble())
                    .containsExactly(0.0, 1.0, 0.0);
            assertThat(catalogue.drop(made.id())).isTrue();
        }
        assertThat(directory.resolve("sql")).doesNotExist();
    }

    @Test
    void an_app_without_databases_and_one_of_files_on_a_server_have_none() {
        try (var database = TestDatabase.fresh();
                var without = context(new StorageSettings.Embedded());
                var server = context(database.engine(), null, SqlLimits.USUAL)) {
            for (var context : List.of(without, server)) {
                var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
                assertThatThrownBy(() -> context.getBean(Storage.class).databases(grant))
                        .isInstanceOfSatisfying(
                                StorageFailure.class, e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
            }
        }
        assertThat(directory.resolve("sql")).doesNotExist();
    }

    @Test
    void vector_indexes_lie_in_a_folder_of_the_data_directory() {
        var name = new IndexName("films");
        try (var context = context(new StorageSettings.Embedded(), null, VectorLimits.USUAL)) {
            var storage = context.getBean(Storage.class);
            var grant = new TestGrants(SettableClock.anywhere()).ofEverything();

            var id = storage.vectorIndexes(grant)
                    .create(name, new IndexShape(2, Metric.COSINE))
                    .id();
            storage.vectors(grant, name).insert(List.of(Vector.of("a", 1, 2)));

            assertThat(storage.vectors(grant, name).describe().vectors()).isEqualTo(1);
            assertThat(directory.resolve("vectors").resolve(id.text())).isNotEmptyDirectory();
            assertThat(context.getBean(StorageLevels.class).levels())
                    .filteredOn(level -> level.part().equals("vector-calls"))
                    .hasSize(3);
        }
        try (var again = context(new StorageSettings.Embedded(), null, VectorLimits.USUAL)) {
            var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
            assertThat(again.getBean(Storage.class)
                            .vectors(grant, name)
                            .describe()
                            .vectors())
                    .isEqualTo(1);
        }
    }

    @Test
    void an_app_without_vector_indexes_has_none() {
        var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
        try (var context = context(new StorageSettings.Embedded())) {
            assertThatThrownBy(() -> context.getBean(Storage.class).vectorIndexes(grant))
                    .isInstanceOfSatisfying(
                            StorageFailure.Rejected.class,
                            e -> assertThat(e.code()).isEqualTo(FailureCode.UNSUPPORTED));
        }
        assertThat(directory.resolve("vectors")).doesNotExist();
    }

    @Test
    void vector_indexes_on_a_server_without_the_extension_end_the_start() {
        try (var database = TestDatabase.fresh()) {
            assertThatThrownBy(() -> {
                        try (var context = context(database.engine(), null, VectorLimits.USUAL)) {
                            context.getBean(Storage.class);
                        }
                    })
                    .rootCause()
                    .isInstanceOf(StorageFailure.Rejected.class)
                    .hasMessageContaining("create extension vector");
        }
        assertThat(directory.resolve("vectors")).doesNotExist();
    }

    @Test
    void what_one_node_keeps_on_a_server_another_gives_out_and_what_it_keeps_in_memory_nobody() {
        try (var server = RedisServer.start("secret")) {
            assertThat(givenOutByAnother(new CachePlace.Shared(server.address())))
                    .isTrue();
        }
        assertThat(givenOutByAnother(new CachePlace.Memory())).isFalse();
    }

    @Test
    void large_responses_lie_in_the_directory_that_is_named_for_them() throws IOException {
        var files = directory.resolve("responses");
        var limits = new CacheLimits(ByteSize.ofMiB(1), ByteSize.ofMiB(1));
        var plan = new CachePlan(limits, new CachePlace.MemoryAndDisk(files.toString(), ByteSize.ofMiB(1)));
        var name = new CacheName("pages");
        var request = CacheRequest.get(CacheUrl.parse("https://site.example/a"));
        var fields = new Headers(Map.of("cache-control", List.of("public, max-age=60")));
        var body = Bytes.copyOf(new byte[100_000]);
        var grant = new TestGrants(SettableClock.anywhere()).ofEverything();

        try (var context = context(new StorageSettings.Embedded(), null, plan)) {
            var cache = context.getBean(Storage.class).cache(grant, name);
            cache.put(request, new CachedResponse(200, fields, Content.of(body)));

            try (var found = Files.list(files)) {
                assertThat(found.filter(file -> file.toString().endsWith(".body")))
                        .singleElement()
                        .satisfies(file -> assertThat(file).hasSize(100_000));
            }
            assertThat(cache.match(request)).isInstanceOf(CacheMatch.Hit.class);
        }

        try (var left = Files.list(files)) {
            assertThat(left).hasSize(1);
        }
    }

    private boolean givenOutByAnother(CachePlace place) {
        var plan = new CachePlan(new CacheLimits(ByteSize.ofMiB(1), ByteSize.ofMiB(1)), place);
        var name = new CacheName("pages");
        var request = CacheRequest.get(CacheUrl.parse("https://site.example/a"));
        var fields = new Headers(Map.of("cache-control", List.of("public, max-age=60")));
        var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
        try (var one = context(new StorageSettings.Embedded(), null, plan)) {
            var put = one.getBean(Storage.class)
                    .cache(grant, name)
                    .put(request, new CachedResponse(200, fields, Content.of(Bytes.utf8("a"))));
            assertThat(put).isInstanceOf(CachePut.Stored.class);
        }
        try (var other = context(new StorageSettings.Embedded(), null, plan)) {
            return other.getBean(Storage.class).cache(grant, name).match(request) instanceof CacheMatch.Hit;
        }
    }

    @Test
    void models_are_those_that_the_bindings_name_and_those_that_are_recorded_have_a_log_of_their_own() {
        var echo = binding("@test/echo", Task.TEXT_GENERATION, new ModelBackend.Echo(), ModelEntry.Recording.NEVER);
        var told = binding(
                "@test/told", Task.TEXT_GENERATION, new ModelBackend.Echo(), ModelEntry.Recording.INPUT_AND_OUTPUT);
        var hash = binding("@test/hash", Task.TEXT_EMBEDDINGS, new ModelBackend.Hash(8), ModelEntry.Recording.NEVER);
        var bindings = new ModelBindings(List.of(echo, told, hash), new TokenBudget(100, 100));
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var log = (Logger) LoggerFactory.getLogger("triport.inference");
        log.addAppender(lines);
        log.setLevel(Level.INFO);
        try (var context = context(new StorageSettings.Embedded(), null, null, bindings)) {
            var grant = new TestGrants(SettableClock.anywhere()).ofEverything();
            var ai = context.getBean(Storage.class).inference(grant);

            ai.run(echo.info().name(), InferenceInput.TextGeneration.ofPrompt("untold"));
            ai.run(told.info().name(), InferenceInput.TextGeneration.ofPrompt("told\n\"so\""));
            var vectors = ai.run(hash.info().name(), new InferenceInput.TextEmbeddings(List.of("a")));

            assertThat(ai.models(ModelFilter.ALL)).containsExactly(echo.info(), hash.info(), told.info());
            assertThat(((InferenceOutput.Embedded) vectors.output()).vectors().dimensions())
                    .isEqualTo(8);
            assertThatThrownBy(
                            () -> ai.run(echo.info().name(), InferenceInput.TextGeneration.ofPrompt("a".repeat(300))))
                    .isInstanceOf(StorageFailure.LimitExceeded.class);
        } finally {
            log.setLevel(null);
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .startsWith("recorded {\"model\":\"@test/told\",\"principal\":\"")
                .contains("\"content\":\"told\\n\\\"so\\\"\"", "\"response\":\"told\\n\\\"so\\\"\"");
    }

    @Test
    void a_directory_without_a_model_stops_the_start() {
        var onnx = binding("@test/onnx", Task.RERANK, new ModelBackend.Onnx("models/none"), ModelEntry.Recording.NEVER);
        var bindings = new ModelBindings(List.of(onnx), TokenBudget.UNBOUNDED);

        try (var context = context(new StorageSettings.Embedded(), null, null, bindings)) {
            assertThatThrownBy(() -> context.getBean(Storage.class))
                    .hasStackTraceContaining("no vocab.txt in " + directory.resolve("models/none"));
        }
    }

    private static ModelBinding binding(String name, Task task, ModelBackend backend, ModelEntry.Recording recording) {
        var limits = new ModelLimits(new ByteSize(1000), 10, 10);
        return new ModelBinding(new ModelInfo(new ModelName(name), task, limits, Price.FREE), backend, recording);
    }

    private ApplicationContext context(StorageSettings.Engine engine) {
        return context(engine, null);
    }

    private ApplicationContext context(StorageSettings.Engine engine, @Nullable BucketBindings bindings) {
        return context(engine, bindings, null);
    }

    private ApplicationContext context(
            StorageSettings.Engine engine, @Nullable BucketBindings bindings, @Nullable Record limits) {
        return context(engine, bindings, limits, null);
    }

    private ApplicationContext context(
            StorageSettings.Engine engine,
            @Nullable BucketBindings bindings,
            @Nullable Record limits,
            @Nullable ModelBindings models) {
        var settings = new StorageSettings(
                engine,
                directory.toString(),
                StorageSettings.Consistency.STRICT,
                StorageSettings.VolatileData.REFUSED,
                Duration.ofSeconds(60),
                Duration.ofSeconds(180),
                new StorageSettings.WithData(),
                CallDeadlines.USUAL);
        var context = ApplicationContext.builder().build();
        context.registerSingleton(StorageSettings.class, settings);
        context.registerSingleton(Clock.class, SettableClock.anywhere());
        context.registerSingleton(Ticker.class, Ticker.system());
        context.registerSingleton(Randomness.class, Randomness.system());
        context.registerSingleton(StorageLog.class, new RecordingStorageLog());
        if (bindings != null) {
            context.registerSingleton(BucketBindings.class, bindings);
        }
        if (limits instanceof SqlLimits sql) {
            context.registerSingleton(SqlLimits.class, sql);
        }
        if (limits instanceof SqlServer server) {
            context.registerSingleton(SqlLimits.class, SqlLimits.USUAL);
            context.registerSingleton(SqlServer.class, server);
        }
        if (limits instanceof VectorLimits vectors) {
            context.registerSingleton(VectorLimits.class, vectors);
        }
        if (limits instanceof CachePlan caches) {
            context.registerSingleton(CachePlan.class, caches);
        }
        if (models != null) {
            context.registerSingleton(ModelBindings.class, models);
        }
        return context.start();
    }

    /** What takes shared limits where there are any. */
    @Singleton
    static final class Wanting {
        private final @Nullable SharedRateLimiter limiter;

        Wanting(@Nullable @Named("shared") SharedRateLimiter limiter) {
            this.limiter = limiter;
        }
    }
}
