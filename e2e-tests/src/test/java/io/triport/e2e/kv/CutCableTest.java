package io.triport.e2e.kv;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.e2e.AppProcess;
import io.triport.e2e.OwnHost;
import io.triport.kv.Application;
import io.triport.testkit.AtOnce;
import io.triport.testkit.PostgreSqlCluster;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two KV proxies on one PostgreSQL, one of them on a host of its own whose cable to the database is pulled. */
final class CutCableTest {
    private static final int CLIENTS = 32;

    @TempDir
    private static Path serverDirectory;

    @TempDir
    private static Path directory;

    /** What to close, the last first. */
    private static final Deque<Runnable> OPEN = new ArrayDeque<>();

    private static final WireClient CLIENT = TestKeyMap.all();

    private static OwnHost host;
    private static AppProcess far;
    private static AppProcess near;

    @BeforeAll
    static void start() {
        OPEN.push(CLIENT::close);
        host = OwnHost.open();
        OPEN.push(host::close);
        var database = PostgreSqlCluster.start(serverDirectory);
        OPEN.push(database::close);
        var run = AppProcess.Run.in(directory.resolve("far"), "kv-proxy", Application.class, "far.out");
        far = host.launch(run, environment(host.wayToStore(database.port())), List.of());
        OPEN.push(far::close);
        near = KvNode.start(directory.resolve("near"), "near", environment("127.0.0.1:" + database.port()));
        OPEN.push(near::close);
        far.awaited();
    }

    @AfterAll
    static void stop() {
        OPEN.forEach(Runnable::run);
    }

    @Test
    void a_node_that_is_cut_off_refuses_all_and_when_it_is_back_it_knows_what_the_other_took() throws IOException {
        losesItsDatabase(OwnHost::cut);
    }

    @Test
    void so_does_one_that_is_heard_and_hears_nothing() throws IOException {
        losesItsDatabase(OwnHost::deafen);
    }

    private static void losesItsDatabase(Consumer<OwnHost> how) throws IOException {
        put(far, "k", "before");
        assertThat(get(near, "k")).isEqualTo("{\"value\":\"before\"}");
        var seen = CLIENT.sign("get", asked("k"));
        assertThat(CLIENT.send(far.address(), seen).ok()).isTrue();

        how.accept(host);

        var refused = AtOnce.run(CLIENTS, number -> () -> CLIENT.call(far.address(), "get", asked("k")));
        assertThat(refused).allMatch(answer -> answer.status() == 503);
        Within.reason("not ready", () -> far.status("/health/readiness") == 503);
        assertThat(far.status("/health/liveness")).isEqualTo(200);
        put(near, "k", "meanwhile");
        assertThat(CLIENT.send(near.address(), seen).says("REPLAYED")).isTrue();

        host.heal();

        Within.reason("ready again", () -> far.status("/health/readiness") == 200);
        Within.reason("answers again", () -> answers(far));
        assertThat(get(far, "k")).isEqualTo("{\"value\":\"meanwhile\"}");
        assertThat(CLIENT.send(far.address(), seen).says("REPLAYED")).isTrue();
        put(far, "k", "after");
        assertThat(get(near, "k")).isEqualTo("{\"value\":\"after\"}");
    }

    private static Map<String, String> environment(String location) {
        var all = new HashMap<>(TestKeyMap.environment());
        all.put("TRIPORT_STORAGE", "postgresql://postgres@" + location + "/postgres");
        return all;
    }

    private static void put(AppProcess node, String key, String value) throws IOException {
        var body = "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"value\":\"" + value + "\"}";
        assertThat(CLIENT.call(node.address(), "put", body).ok()).isTrue();
    }

    private static String get(AppProcess node, String key) throws IOException {
        return CLIENT.call(node.address(), "get", asked(key)).body();
    }

    private static boolean answers(AppProcess node) {
        try {
            return CLIENT.call(node.address(), "get", asked("k")).ok();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static String asked(String key) {
        return "{\"namespace\":\"CACHE\",\"key\":\"" + key + "\",\"type\":\"json\"}";
    }
}
