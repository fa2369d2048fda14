package io.triport.storage.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.keyvalue.KeyValueStore;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.testkit.Relay;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server stays well; the way to it does not. */
final class CutConnectionTest {
    private static final NamespaceTitle CACHE = new NamespaceTitle("CACHE");
    private static final KvKey KEY = KvKey.of("a");

    private PostgreSqlFixture direct;
    private Relay relay;
    private PostgreSqlStorage node;

    @BeforeEach
    void open() {
        direct = new PostgreSqlFixture();
        direct.engine().resources().create(CACHE);
        relay = Relay.to(EmbeddedServer.port());
        node = direct.openOver(relay);
        store().get(KEY);
    }

    @AfterEach
    void close() {
        node.close();
        relay.close();
        direct.close();
    }

    @Test
    void a_put_whose_answer_is_lost_has_an_unknown_outcome() {
        relay.mode(Relay.Mode.LOSE_ANSWERS);

        assertFailure(FailureCode.OUTCOME_UNKNOWN, () -> put("lost"));
    }

    @Test
    void a_read_whose_answer_is_lost_may_be_tried_again() {
        relay.mode(Relay.Mode.LOSE_ANSWERS);

        assertFailure(FailureCode.UNAVAILABLE, () -> store().get(KEY));
    }

    @Test
    void a_unit_that_is_cut_before_its_commit_has_not_happened() {
        assertFailure(
                FailureCode.UNAVAILABLE,
                () -> node.engine().together(inner -> {
                    inner.keyValue(CACHE).put(KEY, KvEntry.of("lost"), KvCondition.ANY);
                    relay.mode(Relay.Mode.LOSE_ANSWERS);
                    return inner.keyValue(CACHE).get(KEY);
                }));

        assertThat(direct.engine().keyValue(CACHE).get(KEY)).isEmpty();
    }

    @Test
    void a_unit_whose_commit_is_not_answered_has_an_unknown_outcome() {
        assertFailure(
                FailureCode.OUTCOME_UNKNOWN,
                () -> node.engine().together(inner -> {
                    inner.keyValue(CACHE).put(KEY, KvEntry.of("lost"), KvCondition.ANY);
                    relay.mode(Relay.Mode.LOSE_ANSWERS);
                    return KEY;
                }));
    }

    @Test
    void a_claim_that_is_not_answered_is_refused() {
        var now = direct.clock().instant();
        relay.mode(Relay.Mode.LOSE_ANSWERS);

        assertThatThrownBy(() -> node.nonces()
                        .claim(new CredentialId("prod-app"), Bytes.utf8("0123456789abcdef"), now, now.plusSeconds(180)))
                .isInstanceOf(IdentityStateUnavailable.class);
    }

    @Test
    void without_a_way_to_the_server_nothing_is_sent_and_the_node_says_so() {
        cutTheWay();

        assertThat(Patience.until(() -> failure() == FailureCode.UNAVAILABLE)).isTrue();
        assertThat(node.health().answers()).isFalse();
        assertThat(direct.engine().keyValue(CACHE).get(KEY)).isEmpty();
    }

    @Test
    void a_put_on_a_connection_that_died_unseen_claims_nothing_of_its_outcome() {
        cutTheWay();

        assertThat(failure()).isIn(FailureCode.UNAVAILABLE, FailureCode.OUTCOME_UNKNOWN);
    }

    @Test
    void when_the_way_is_open_again_the_node_goes_on_by_itself() {
        cutTheWay();
        assertThat(Patience.until(() -> failure() == FailureCode.UNAVAILABLE)).isTrue();

        relay.mode(Relay.Mode.PASS);

        assertThat(Patience.until(() -> node.health().answers())).isTrue();
        put("again");
        assertThat(direct.engine().keyValue(CACHE).get(KEY).orElseThrow().value())
                .isEqualTo(Bytes.utf8("again"));
    }

    private void cutTheWay() {
        relay.mode(Relay.Mode.REFUSE);
        relay.cut();
    }

    private FailureCode failure() {
        try {
            put("never");
            throw new AssertionError("a put was answered");
        } catch (StorageFailure e) {
            return e.code();
        }
    }

    private KeyValueStore store() {
        return node.engine().keyValue(CACHE);
    }

    private void put(String value) {
        store().put(KEY, KvEntry.of(value), KvCondition.ANY);
    }

    private static void assertFailure(FailureCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        StorageFailure.class,
                        failure -> assertThat(failure.code()).isEqualTo(code));
    }
}
