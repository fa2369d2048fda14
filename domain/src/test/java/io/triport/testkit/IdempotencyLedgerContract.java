package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.IdempotencyClaim;
import io.triport.domain.storage.IdempotentCall;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory of repeatable calls promises. */
public abstract class IdempotencyLedgerContract {
    private static final Bytes CONTENT = Bytes.utf8("digest");
    private static final Bytes ANSWER = Bytes.utf8("{\"ok\":true}");
    private static final IdempotentCall CALL = new IdempotentCall("caller", "/zin/kv/put", "key-1", CONTENT);

    private StorageFixture fixture;

    /** A fixture over data of its own; the contract closes it. */
    protected abstract StorageFixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_remembered_call_is_repeated_with_its_answer() {
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.First());

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void an_answer_may_be_empty() {
        fixture.engine().together(inner -> {
            inner.idempotency().claim(CALL);
            inner.idempotency().remember(CALL, Bytes.EMPTY);
            return CALL;
        });

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(Bytes.EMPTY));
    }

    @Test
    void an_answer_takes_the_place_of_the_one_before() {
        var later = Bytes.utf8("{\"ok\":true,\"later\":true}");
        claimAndRemember(CALL);

        fixture.engine().idempotency().remember(CALL, later);

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(later));
    }

    @Test
    void the_same_key_with_another_content_differs() {
        claimAndRemember(CALL);

        var other = new IdempotentCall("caller", "/zin/kv/put", "key-1", Bytes.utf8("another"));

        assertThat(claimAndRemember(other)).isEqualTo(new IdempotencyClaim.Differs());
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void another_caller_operation_or_key_is_another_call() {
        claimAndRemember(CALL);

        var others = Stream.of(
                new IdempotentCall("caller2", "/zin/kv/put", "key-1", CONTENT),
                new IdempotentCall("caller", "/zin/kv/delete", "key-1", CONTENT),
                new IdempotentCall("caller", "/zin/kv/put", "key-2", CONTENT),
                new IdempotentCall("caller/zin", "/kv/put", "key-1", CONTENT),
                new IdempotentCall("Caller", "/zin/kv/put", "key-1", CONTENT));

        assertThat(others.map(this::claimAndRemember)).containsOnly(new IdempotencyClaim.First());
    }

    @Test
    void a_call_is_forgotten_after_24_hours() {
        claimAndRemember(CALL);

        fixture.clock().advance(Duration.ofHours(24).minusMillis(1));
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
        fixture.clock().advance(Duration.ofMillis(1));

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.First());
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void a_forgotten_key_may_be_used_for_another_content() {
        claimAndRemember(CALL);
        fixture.clock().advance(Duration.ofHours(24));

        var other = new IdempotentCall("caller", "/zin/kv/put", "key-1", Bytes.utf8("another"));

        assertThat(claimAndRemember(other)).isEqualTo(new IdempotencyClaim.First());
        assertThat(claimAndRemember(other)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void a_call_that_is_let_go_of_is_first_again() {
        claimAndRemember(CALL);

        fixture.engine().idempotency().forget(CALL);

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.First());
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void a_call_is_not_let_go_of_by_one_with_another_content() {
        claimAndRemember(CALL);

        fixture.engine().idempotency().forget(new IdempotentCall("caller", "/zin/kv/put", "key-1", Bytes.utf8("b")));

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void a_call_whose_unit_failed_was_never_made() {
        assertThatThrownBy(() -> fixture.engine().together(inner -> {
                    inner.idempotency().claim(CALL);
                    inner.idempotency().remember(CALL, ANSWER);
                    throw new IllegalStateException("the effect failed");
                }))
                .hasMessage("the effect failed");

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.First());
    }

    @Test
    void a_claim_that_was_not_followed_by_an_answer_is_first_again() {
        var claim = fixture.engine().together(inner -> inner.idempotency().claim(CALL));

        assertThat(claim).isEqualTo(new IdempotencyClaim.First());
        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.First());
    }

    @Test
    void of_16_equal_calls_at_once_one_is_first_and_the_others_get_its_answer() {
        var claims = AtOnce.run(16, number -> () -> claimAndRemember(CALL));

        assertThat(claims).filteredOn(IdempotencyClaim.First.class::isInstance).hasSize(1);
        assertThat(claims)
                .filteredOn(claim -> !(claim instanceof IdempotencyClaim.First))
                .hasSize(15)
                .containsOnly(new IdempotencyClaim.Repeated(ANSWER));
    }

    @Test
    void an_engine_opened_again_remembers() {
        if (fixture.spares(Ability.REOPEN)) {
            return;
        }
        claimAndRemember(CALL);

        fixture.reopen();

        assertThat(claimAndRemember(CALL)).isEqualTo(new IdempotencyClaim.Repeated(ANSWER));
    }

    private IdempotencyClaim claimAndRemember(IdempotentCall call) {
        return fixture.engine().together(inner -> {
            var claim = inner.idempotency().claim(call);
            if (claim instanceof IdempotencyClaim.First) {
                inner.idempotency().remember(call, ANSWER);
            }
            return claim;
        });
    }
}
