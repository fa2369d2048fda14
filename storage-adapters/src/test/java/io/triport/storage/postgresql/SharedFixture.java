package io.triport.storage.postgresql;

import io.triport.domain.object.ObjectStore;
import io.triport.domain.object.Versioning;
import io.triport.domain.request.Bytes;
import io.triport.domain.storage.ObjectStoreInfo;
import io.triport.domain.time.Randomness;
import io.triport.storage.object.EmbeddedObjects;
import io.triport.storage.s3.TestEndpoint;
import io.triport.storage.shared.SharedObjects;
import io.triport.testkit.KilledObjectWriter;
import io.triport.testkit.ObjectAbility;
import io.triport.testkit.ObjectFixture;
import io.triport.testkit.SettableClock;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Nodes on one database and one bucket of an endpoint. */
final class SharedFixture implements ObjectFixture {
    static final String INDEX = "shelf";
    static final String PREFIX = "runs/";

    private final PostgreSqlFixture database = new PostgreSqlFixture();
    private final TestEndpoint endpoint = new TestEndpoint();
    private final List<Node> nodes = new ArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final int count;

    /** One of them. */
    record Node(PostgreSqlStorage storage, EmbeddedObjects objects) {
        ObjectStore store() {
            return objects.store(Versioning.OFF);
        }
    }

    SharedFixture(int count) {
        this.count = count;
        open();
    }

    Node node(int number) {
        return nodes.get(number);
    }

    PostgreSqlFixture database() {
        return database;
    }

    TestEndpoint endpoint() {
        return endpoint;
    }

    /** A node of its own on the same data, whose storage the caller closes. */
    Node node(PostgreSqlStorage storage, ArmedIndex armed) {
        var index = armed.armed(storage.objects(INDEX));
        return new Node(
                storage,
                SharedObjects.open(
                        index,
                        constant(armed.armed(endpoint.store())),
                        Bytes.utf8(PREFIX),
                        clock(),
                        Randomness.system()));
    }

    @Override
    public ObjectStore store(Versioning versioning) {
        var stores =
                nodes.stream().map(node -> node.objects().store(versioning)).toList();
        return stores.size() == 1 ? stores.getFirst() : new AlternatingObjectStore(stores, calls);
    }

    @Override
    public ObjectStoreInfo info() {
        return SharedObjects.INFO;
    }

    @Override
    public Set<ObjectAbility> abilities() {
        var abilities = EnumSet.of(ObjectAbility.VERSIONS, ObjectAbility.CLOCK, ObjectAbility.REOPEN);
        if (count == 1) {
            // No other node is open while a process is killed, so more of them would tell the same again.
            abilities.add(ObjectAbility.KILL);
        }
        return abilities;
    }

    @Override
    public SettableClock clock() {
        return database.clock();
    }

    @Override
    public void sweep() {
        nodes.forEach(node -> node.objects().sweep());
    }

    @Override
    public void reopen() {
        closeNodes();
        open();
    }

    @Override
    public Set<String> steps() {
        return new LinkedHashSet<>(ArmedIndex.STEPS);
    }

    @Override
    public void killAt(String step) {
        closeNodes();
        KilledObjectWriter.killWhenReached(
                KilledSharedWriter.class.getName(),
                List.of("-Xmx128m", "-XX:TieredStopAtLevel=1"),
                List.of(database.settings().url(), "postgres", endpoint.uri().toString(), step));
        execute("update object_node set seen = seen - interval '1 hour'");
        open();
    }

    @Override
    public int leftOver() {
        // Once for what a dead node had announced, and once for what was found so.
        for (var round = 0; round < 2; round++) {
            later();
            sweep();
        }
        var there = new HashSet<>(endpoint.keys());
        named().forEach(name -> there.remove(PREFIX + name));
        return there.size();
    }

    /** An hour passes for what waits to be removed, and all nodes tell what they read. */
    void later() {
        execute("update object_rest set since = since - interval '1 hour'");
        execute("update object_upload set dropped_at = dropped_at - interval '1 hour'");
        execute("update object_index set swept = '-infinity'");
        nodes.forEach(node -> node.storage().readers().beat());
    }

    List<String> named() {
        return names("select bytes from object_row where bytes <> '' union all select bytes from object_part");
    }

    List<String> names(String sql) {
        try (var connection = database.settings().dataSource().getConnection()) {
            return new Call(connection, sql).all(row -> row.getString(1));
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    void execute(String sql) {
        try (var connection = database.settings().dataSource().getConnection()) {
            new Call(connection, sql).change();
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    @Override
    public void close() {
        closeNodes();
        endpoint.close();
        database.close();
    }

    private void open() {
        for (var number = 0; number < count; number++) {
            var storage = database.open();
            nodes.add(new Node(
                    storage,
                    SharedObjects.open(
                            storage.objects(INDEX),
                            constant(endpoint.store()),
                            Bytes.utf8(PREFIX),
                            clock(),
                            Randomness.system())));
        }
    }

    private static Supplier<ObjectStore> constant(ObjectStore store) {
        return () -> store;
    }

    private void closeNodes() {
        nodes.forEach(node -> {
            node.objects().close();
            node.storage().close();
        });
        nodes.clear();
    }
}
