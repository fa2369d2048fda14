package io.triport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.request.Bytes;
import java.time.Duration;
import java.util.Collections;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every memory of spent marks promises. */
public abstract class NonceLedgerContract {
    private static final CredentialId OWNER = new CredentialId("prod-app");
    private static final CredentialId OTHER_OWNER = new CredentialId("prod-ap");
    private static final Bytes MARK = digest(1);
    private static final Duration KEPT = Duration.ofSeconds(180);
    private static final Duration WINDOW = Duration.ofSeconds(60);

    private Fixture fixture;

    /** What an adapter gives the contract. */
    public interface Fixture extends AutoCloseable {
        /** The ledger, the same until {@link #reopen} or {@link #crashMachine}. */
        NonceLedger ledger();

        /** Closes the ledger in order and opens one over the same marks. */
        NonceLedger reopen();

        /** Lets the ledger die without a word, as kill -9 does, and opens one over the same marks. */
        NonceLedger kill();

        /** How it goes on after the machine lost power. */
        AfterCrash crashMachine();

        SettableClock clock();

        @Override
        void close();
    }

    /** What remains of marks when the machine loses power. */
    public enum AfterCrash {
        /** All of them. */
        KEPT,
        /** Perhaps not all, and the ledger, which was opened anew, says so of the marks of that time. */
        GAP
    }

    /** A fixture over marks of its own, with marks claimed at most 60 s ahead; the contract closes it. */
    protected abstract Fixture create();

    @BeforeEach
    void open() {
        fixture = create();
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void a_mark_is_fresh_once() {
        assertThat(claim(OWNER, MARK)).isEqualTo(new NonceClaim.Fresh());

        assertThat(claim(OWNER, MARK)).isEqualTo(new NonceClaim.Spent());
        assertThat(claim(OWNER, MARK)).isEqualTo(new NonceClaim.Spent());
    }

    @Test
    void the_same_mark_of_another_owner_is_another_mark() {
        claim(OWNER, MARK);

        assertThat(claim(OTHER_OWNER, MARK)).isEqualTo(new NonceClaim.Fresh());
        assertThat(claim(OWNER, digest(2))).isEqualTo(new NonceClaim.Fresh());
        assertThat(claim(OTHER_OWNER, MARK)).isEqualTo(new NonceClaim.Spent());
    }

    @Test
    void an_owner_and_a_digest_do_not_run_into_each_other() {
        var joined = Bytes.utf8("p").concat(MARK);
        claim(OTHER_OWNER, joined);

        assertThat(claim(new CredentialId("prod-app"), MARK)).isEqualTo(new NonceClaim.Fresh());
    }

    @Test
    void of_64_that_claim_a_mark_at_once_one_gets_it() {
        for (var round = 0; round < 20; round++) {
            var mark = digest(100 + round);

            var claims = AtOnce.run(64, number -> () -> claim(OWNER, mark));

            assertThat(Collections.frequency(claims, new NonceClaim.Fresh())).isEqualTo(1);
            assertThat(Collections.frequency(claims, new NonceClaim.Spent())).isEqualTo(63);
        }
    }

    @Test
    void a_mark_is_remembered_as_long_as_it_was_asked_for() {
        claim(OWNER, MARK);

        fixture.clock().advance(KEPT.minusMillis(1));
        fixture.ledger().forget(fixture.clock().instant());

        assertThat(claim(OWNER, MARK)).isEqualTo(new NonceClaim.Spent());
    }

    @Test
    void what_need_not_be_remembered_is_forgotten_on_demand() {
        IntStream.range(0, 50).forEach(i -> claim(OWNER, digest(i)));
        fixture.clock().advance(KEPT.dividedBy(2));
        IntStream.range(50, 60).forEach(i -> claim(OWNER, digest(i)));
        fixture.clock().advance(KEPT.dividedBy(2).plusSeconds(1));

        var forgotten = fixture.ledger().forget(fixture.clock().instant());

        assertThat(forgotten).isEqualTo(50);
        assertThat(fixture.ledger().forget(fixture.clock().instant())).isZero();
        assertThat(IntStream.range(50, 60).mapToObj(i -> claim(OWNER, digest(i))))
                .containsOnly(new NonceClaim.Spent());
        assertThat(claim(OWNER, digest(0))).isEqualTo(new NonceClaim.Fresh());
    }

    @Test
    void a_ledger_opened_again_knows_every_mark() {
        IntStream.range(0, 500).forEach(i -> claim(OWNER, digest(i)));

        fixture.reopen();

        assertThat(IntStream.range(0, 500).mapToObj(i -> claim(OWNER, digest(i))))
                .containsOnly(new NonceClaim.Spent());
        assertThat(claim(OWNER, digest(500))).isEqualTo(new NonceClaim.Fresh());
    }

    @Test
    void a_ledger_whose_process_died_knows_every_mark() {
        IntStream.range(0, 500).forEach(i -> claim(OWNER, digest(i)));

        fixture.kill();

        assertThat(IntStream.range(0, 500).mapToObj(i -> claim(OWNER, digest(i))))
                .containsOnly(new NonceClaim.Spent());
        assertThat(claim(OWNER, digest(500))).isEqualTo(new NonceClaim.Fresh());
    }

    @Test
    void after_a_crash_of_the_machine_no_mark_of_before_is_fresh() {
        claim(OWNER, MARK);
        var claimed = fixture.clock().instant();
        var keepUntil = claimed.plus(KEPT);

        var after = fixture.crashMachine();

        var again = fixture.ledger().claim(OWNER, MARK, claimed, keepUntil);
        switch (after) {
            case KEPT -> assertThat(again).isEqualTo(new NonceClaim.Spent());
            case GAP -> {
                assertThat(again).isInstanceOf(NonceClaim.Undecidable.class);
                assertThat(((NonceClaim.Undecidable) again).retryAfter())
                        .isPositive()
                        .isLessThanOrEqualTo(WINDOW.plusSeconds(1));
            }
        }
    }

    @Test
    void after_a_crash_of_the_machine_marks_dated_behind_the_window_are_judged_again() {
        fixture.crashMachine();

        fixture.clock().advance(WINDOW.plusSeconds(1));

        assertThat(claim(OWNER, MARK)).isEqualTo(new NonceClaim.Fresh());
        assertThat(claim(OWNER, MARK)).isEqualTo(new NonceClaim.Spent());
    }

    private NonceClaim claim(CredentialId owner, Bytes mark) {
        var now = fixture.clock().instant();
        return fixture.ledger().claim(owner, mark, now, now.plus(KEPT));
    }

    private static Bytes digest(int seed) {
        var digest = new byte[32];
        new Random(seed).nextBytes(digest);
        return Bytes.copyOf(digest);
    }
}
