package io.triport.identity.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.triport.domain.failure.FailureCode;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.Action;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Grant;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.KeyPrefix;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.Permission;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.ResourcePattern;
import io.triport.domain.identity.Revocation;
import io.triport.domain.identity.RevocationCheck;
import io.triport.domain.identity.RevocationKey;
import io.triport.domain.identity.SystemTask;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.TaskName;
import io.triport.domain.storage.Storage;
import io.triport.identity.IdentityState;
import io.triport.identity.jwks.PublishedKeys;
import io.triport.identity.verified.VerifiedCache;
import io.triport.testkit.FakeCredentialStore;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.FakeRevocationList;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.RecordingIdentityLog;
import io.triport.testkit.RecordingStorageLog;
import io.triport.testkit.SeededRandomness;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScheduleTest {
    private enum Task implements SystemTask {
        SWEEP,
        STRANGER;

        @Override
        public TaskName taskName() {
            return new TaskName("test-" + name().toLowerCase(java.util.Locale.ROOT));
        }

        @Override
        public Permissions permissions() {
            return Permissions.of(new Permission(
                    Set.of(Action.SPACE_RECLAIM), Set.of(ResourcePattern.all()), Set.of(KeyPrefix.EVERY)));
        }
    }

    private final SettableClock clock = SettableClock.anywhere();
    private final RecordingIdentityLog identities = new RecordingIdentityLog();
    private final RecordingStorageLog calls = new RecordingStorageLog();
    private final SettableTicker ticker = new SettableTicker();
    private final FakeRevocationList revocations = new FakeRevocationList(ticker);
    private final Storage storage = new Storage(new FakeStorageEngine(clock), clock, ticker, calls);

    @Test
    void a_task_runs_under_a_grant_of_the_gate_that_ends_with_it() {
        var grants = new ArrayList<Grant>();
        try (var schedule = schedule(FakeNonceLedger.empty())) {
            schedule.run(recurring(Task.SWEEP, (tick, grant, door) -> {
                grants.add(grant);
                door.resources(grant).reclaim(10);
            }));
        }

        assertThat(identities.grants()).isEqualTo(grants).hasSize(1);
        assertThat(grants.getFirst().live(clock.instant())).isFalse();
        assertThat(calls.calls()).hasSize(1);
        assertThat(calls.calls().getFirst().request())
                .isEqualTo(grants.getFirst().request());
    }

    @Test
    void a_task_can_do_nothing_but_what_its_enum_says() {
        var failures = new ArrayList<StorageFailure>();
        try (var schedule = schedule(FakeNonceLedger.empty())) {
            schedule.run(recurring(Task.SWEEP, (tick, grant, door) -> {
                try {
                    door.keyValue(grant, new NamespaceTitle("CACHE")).get(KvKey.of("k"));
                } catch (StorageFailure.AccessDenied e) {
                    failures.add(e);
                }
            }));
        }

        assertThat(failures).hasSize(1);
        assertThat(calls.calls()).isEmpty();
    }

    @Test
    void a_task_that_has_nothing_to_do_gets_no_grant() {
        try (var schedule = schedule(FakeNonceLedger.empty())) {
            schedule.run(new Recurring(Task.SWEEP, Duration.ofMinutes(1), (tick, grant, door) -> {}, () -> false));
            schedule.run(new Recurring(Task.SWEEP, Duration.ofMinutes(1), (tick, grant, door) -> {}, () -> {
                throw new IllegalStateException("on purpose");
            }));
        }

        assertThat(identities.grants()).isEmpty();
    }

    @Test
    void a_task_that_the_gate_does_not_know_does_not_run() {
        var ran = new ArrayList<Grant>();
        try (var schedule = schedule(FakeNonceLedger.empty())) {
            schedule.run(recurring(Task.STRANGER, (tick, grant, door) -> ran.add(grant)));
        }

        assertThat(ran).isEmpty();
        assertThat(identities.refusals())
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(Reason.TASK_UNKNOWN));
    }

    @Test
    void a_task_that_fails_ends_its_grant_and_may_run_again() {
        var grants = new ArrayList<Grant>();
        var failures = List.of(
                new StorageFailure.Unavailable(FailureCode.UNAVAILABLE, "down"), new IllegalStateException("ours"));
        try (var schedule = schedule(FakeNonceLedger.empty())) {
            for (var failure : failures) {
                assertThatCode(() -> schedule.run(recurring(Task.SWEEP, (tick, grant, door) -> {
                            grants.add(grant);
                            throw failure;
                        })))
                        .doesNotThrowAnyException();
            }
        }

        assertThat(grants).hasSize(2).noneMatch(grant -> grant.live(clock.instant()));
    }

    @Test
    void spent_nonces_are_forgotten_when_they_need_not_be_remembered() {
        var nonces = FakeNonceLedger.empty();
        var owner = new CredentialId("app");
        var until = clock.in(Duration.ofSeconds(180));
        nonces.claim(owner, Bytes.utf8("n"), clock.instant(), until);
        try (var schedule = schedule(nonces)) {
            schedule.forget();
            assertThat(nonces.claim(owner, Bytes.utf8("n"), clock.instant(), until))
                    .isInstanceOf(NonceClaim.Spent.class);

            clock.advance(Duration.ofSeconds(181));
            schedule.forget();
        }

        assertThat(nonces.claim(owner, Bytes.utf8("n"), clock.instant(), until)).isInstanceOf(NonceClaim.Fresh.class);
    }

    @Test
    void revocations_are_forgotten_when_what_they_revoke_has_ended() {
        var key = new RevocationKey.Credential(new CredentialId("app"));
        revocations.revoke(Revocation.of(key, clock.in(Duration.ofSeconds(180))));
        try (var schedule = schedule(FakeNonceLedger.empty())) {
            schedule.forget();
            assertThat(revocations.check(Set.of(key), clock.instant())).isInstanceOf(RevocationCheck.Revoked.class);

            clock.advance(Duration.ofSeconds(180));
            schedule.forget();
        }

        assertThat(revocations.check(Set.of(key), clock.instant())).isInstanceOf(RevocationCheck.Standing.class);
    }

    @Test
    void a_ledger_that_fails_does_not_end_the_schedule() {
        try (var schedule = schedule(new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                throw new AssertionError("not asked");
            }

            @Override
            public long forget(Instant now) {
                throw new IdentityStateUnavailable("down", new IOException("down"));
            }
        })) {
            revocations.cut();
            assertThatCode(schedule::forget).doesNotThrowAnyException();
        }
    }

    private static Recurring recurring(Task task, TickWork work) {
        return new Recurring(task, Duration.ofMinutes(1), work);
    }

    private Schedule schedule(NonceLedger nonces) {
        var gate = new AccessGate(Set.of(), Set.of(Task.SWEEP), clock, identities);
        var randomness = new SeededRandomness(1);
        var state = new IdentityState(
                nonces,
                new FakeCredentialStore(),
                revocations,
                clock,
                ticker,
                randomness,
                PublishedKeys.Surroundings.present(ticker, randomness),
                new VerifiedCache(ticker));
        return new Schedule(new SystemTasks(TestEvents.of(gate, ticker), storage, state), state);
    }
}
