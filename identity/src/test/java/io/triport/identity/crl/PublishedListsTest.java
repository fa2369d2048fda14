package io.triport.identity.crl;

import static io.triport.testkit.TestAuthority.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.triport.domain.request.Bytes;
import io.triport.identity.crl.RevocationLists.Standing;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestAuthority;
import io.triport.testkit.TestAuthority.Leaf;
import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.x509.Extension;
import org.junit.jupiter.api.Test;

final class PublishedListsTest {
    private static final TestAuthority ROOT = TestAuthority.root("root");
    private static final TestAuthority STRANGER = TestAuthority.root("root");
    private static final CrlUrl URL = CrlUrl.parse("http://ca.example/list.crl");
    private static final X509Certificate CERTIFICATE = ROOT.issue(Leaf.named());

    private final SettableTicker ticker = new SettableTicker();
    private final SettableClock clock = SettableClock.at(NOW.toString());
    private CrlClient.Answer answer = published(list(Duration.ofDays(1)));
    private int asked;

    @Test
    void the_list_is_fetched_at_the_start_and_who_needs_it_waits_for_it_once() throws Exception {
        Queue<Runnable> later = new ArrayDeque<>();
        var lists = lists(later::add);
        assertThat(lists.ready()).isFalse();
        assertThat(later).hasSize(1);
        var known = new CompletableFuture<Standing>();
        var asker = Thread.ofVirtual().start(() -> known.complete(standing(lists)));
        while (asker.getState() != Thread.State.TIMED_WAITING && asker.isAlive()) {
            Thread.onSpinWait();
        }

        later.remove().run();

        assertThat(known.get(10, TimeUnit.SECONDS)).isEqualTo(Standing.GOOD);
        assertThat(lists.ready()).isTrue();
        assertThat(asked).isOne();
    }

    @Test
    void nobody_waits_for_a_point_that_has_failed_before() {
        answer = new CrlClient.Answer.Failed("status 503");
        Queue<Runnable> later = new ArrayDeque<>();
        var lists = lists(later::add);
        later.remove().run();
        pass(Duration.ofSeconds(1));

        assertThat(standing(lists)).isEqualTo(Standing.UNKNOWN);
        assertThat(later).hasSize(1);
    }

    @Test
    void who_is_on_the_list_is_revoked() {
        answer = published(list(Duration.ofDays(1), CERTIFICATE));

        assertThat(standing(lists(Runnable::run))).isEqualTo(Standing.REVOKED);
    }

    @Test
    void it_is_fetched_again_at_half_of_its_life_and_within_an_hour() {
        answer = published(list(Duration.ofMinutes(40)));
        var lists = lists(Runnable::run);
        answer = published(list(Duration.ofDays(7), CERTIFICATE));
        pass(Duration.ofMinutes(14));
        assertThat(standing(lists)).isEqualTo(Standing.GOOD);

        pass(Duration.ofMinutes(6));

        assertThat(standing(lists)).isEqualTo(Standing.REVOKED);
        assertThat(asked).isEqualTo(2);
        pass(Duration.ofHours(1));
        assertThat(lists.ready()).isTrue();
        assertThat(asked).isEqualTo(3);
    }

    @Test
    void a_list_stays_while_its_point_is_away_and_at_its_end_clears_nobody() {
        answer = published(list(Duration.ofMinutes(40)));
        var lists = lists(Runnable::run);
        answer = new CrlClient.Answer.Failed("status 503");

        pass(Duration.ofMinutes(39));
        assertThat(standing(lists)).isEqualTo(Standing.GOOD);

        pass(Duration.ofMinutes(1));
        assertThat(standing(lists)).isEqualTo(Standing.UNKNOWN);
        assertThat(lists.ready()).isFalse();

        answer = published(list(Duration.ofDays(1)));
        pass(Duration.ofMinutes(1));
        assertThat(lists.ready()).isTrue();
        assertThat(standing(lists)).isEqualTo(Standing.GOOD);
    }

    @Test
    void a_point_that_fails_is_asked_again_after_ever_longer_times() {
        answer = new CrlClient.Answer.Failed("status 503");
        var lists = lists(Runnable::run);

        for (var second = 0; second < 600; second++) {
            assertThat(lists.ready()).isFalse();
            pass(Duration.ofSeconds(1));
        }

        assertThat(asked).isBetween(10, 25);
    }

    @Test
    void what_the_authority_did_not_say_leaves_what_is_held() throws CRLException {
        answer = published(list(Duration.ofDays(1), CERTIFICATE));
        var lists = lists(Runnable::run);
        var changed = list(Duration.ofDays(2)).getEncoded();
        changed[changed.length - 1] ^= 1;

        for (var other : List.of(
                published(STRANGER.crl(NOW, NOW.plus(Duration.ofDays(2)))),
                published(ROOT.partialCrl(NOW, NOW.plus(Duration.ofDays(2)), Extension.issuingDistributionPoint)),
                published(ROOT.crl(NOW.minusSeconds(3600), NOW.plus(Duration.ofDays(2)))),
                new CrlClient.Answer.Fetched(Bytes.copyOf(changed)),
                new CrlClient.Answer.Fetched(Bytes.utf8("<html>")),
                new CrlClient.Answer.Fetched(Bytes.EMPTY))) {
            var before = asked;
            answer = other;
            pass(Duration.ofHours(1));

            assertThat(standing(lists)).as("%s", other).isEqualTo(Standing.REVOKED);
            assertThat(asked).isGreaterThan(before);
        }
    }

    @Test
    void what_the_authority_did_not_say_is_no_first_list_either() {
        answer = published(STRANGER.crl(NOW, NOW.plus(Duration.ofDays(2))));

        var lists = lists(Runnable::run);

        assertThat(lists.ready()).isFalse();
        assertThat(standing(lists)).isEqualTo(Standing.UNKNOWN);
    }

    private PublishedLists lists(Executor background) {
        var around = new PublishedLists.Surroundings(
                url -> {
                    asked++;
                    return answer;
                },
                background,
                clock,
                ticker,
                length -> new byte[length]);
        return new PublishedLists(URL, () -> List.of(ROOT.certificate()), around);
    }

    private Standing standing(PublishedLists lists) {
        return lists.lists().standing(CERTIFICATE, ROOT.certificate(), clock.instant());
    }

    private void pass(Duration time) {
        ticker.advance(time);
        clock.advance(time);
    }

    /** A list that begins now. */
    private X509CRL list(Duration life, X509Certificate... revoked) {
        Instant now = clock.instant();
        return ROOT.crl(now, now.plus(life), revoked);
    }

    private static CrlClient.Answer published(X509CRL list) {
        try {
            return new CrlClient.Answer.Fetched(Bytes.copyOf(list.getEncoded()));
        } catch (CRLException e) {
            throw new AssertionError(e);
        }
    }
}
