package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.identity.Grant;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.object.ObjectStores;
import io.triport.domain.storage.Storage;
import io.triport.testkit.EndedCalls;
import io.triport.testkit.Relay;
import io.triport.testkit.TestGrants;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that takes what it is asked and answers nothing, as one does whose process was stopped. */
final class StoppedServerTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");

    private PostgreSqlFixture direct;
    private Relay relay;
    private PostgreSqlStorage node;
    private EndedCalls calls;

    @BeforeEach
    void open() {
        direct = new PostgreSqlFixture();
        direct.engine().resources().create(CACHE);
        relay = Relay.to(EmbeddedServer.port());
        node = direct.openOver(relay);
        calls = new EndedCalls(node.engine(), ObjectStores.none(), direct.clock());
        keys(calls.storage()).put(KEY, KvEntry.of("before"), KvCondition.ANY);
    }

    @AfterEach
    void close() {
        node.close();
        relay.close();
        direct.close();
    }

    @Test
    void a_read_ends_at_its_deadline_and_the_next_one_has_another_connection() {
        assertThat(ended(storage -> keys(storage).get(KEY))).isEqualTo(FailureCode.UNAVAILABLE);

        relay.mode(Relay.Mode.PASS);
        assertThat(keys(calls.storage()).get(KEY))
                .contains(direct.engine().keyValue(CACHE).get(KEY).orElseThrow());
    }

    @Test
    void a_write_that_was_sent_may_have_been_done() {
        assertThat(ended(storage -> keys(storage).put(KEY, KvEntry.of("after"), KvCondition.ANY)))
                .isEqualTo(FailureCode.OUTCOME_UNKNOWN);

        relay.mode(Relay.Mode.PASS);
        assertThat(keys(calls.storage()).put(KEY, KvEntry.of("later"), KvCondition.ANY))
                .isNotNull();
        assertThat(direct.engine()
                        .keyValue(CACHE)
                        .get(KEY)
                        .orElseThrow()
                        .value()
                        .toUtf8())
                .isEqualTo("later");
    }

    @Test
    void a_unit_that_waits_for_the_server_is_not_committed() {
        assertThat(ended(storage -> storage.together(grant(), inner -> {
                    keys(inner).put(KEY, KvEntry.of("after"), KvCondition.ANY);
                    return keys(inner).get(KEY);
                })))
                .isEqualTo(FailureCode.OUTCOME_UNKNOWN);

        assertThat(direct.engine()
                        .keyValue(CACHE)
                        .get(KEY)
                        .orElseThrow()
                        .value()
                        .toUtf8())
                .isEqualTo("before");
    }

    private FailureCode ended(Consumer<Storage> call) {
        relay.mode(Relay.Mode.HOLD_ANSWERS);
        return calls.ended(call, relay::awaitHeld);
    }

    private KeyValueStore keys(Storage storage) {
        return storage.keyValue(grant(), CACHE);
    }

    private Grant grant() {
        return new TestGrants(direct.clock()).ofEverything();
    }
}
