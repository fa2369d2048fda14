package io.triport.identity.urltoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.IdentityStateUnavailable;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.NonceClaim;
import io.triport.domain.identity.NonceLedger;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.identity.keyring.Keyring;
import io.triport.identity.keyring.TestKeyrings;
import io.triport.identity.urltoken.UrlTokenSettings.Use;
import io.triport.testkit.AtOnce;
import io.triport.testkit.FakeNonceLedger;
import io.triport.testkit.SettableClock;
import io.triport.testkit.TestRequests;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UrlTokenMechanismTest {
    private static final Subject ALICE = new Subject("alice+news@example.org");
    private static final String PATH = "/lists/7/unsubscribe";

    private final SettableClock clock = SettableClock.anywhere();
    private final UrlTokens tokens = tokens(TestKeyrings.of(1), "unsubscribe", Use.MANY);
    private final UrlTokenMechanism mechanism = new UrlTokenMechanism(tokens, FakeNonceLedger.empty());

    @Test
    void a_link_is_its_subject_with_the_scopes_of_its_purpose() {
        var principal = principal(verify(post(link(Method.POST))));

        assertThat(principal.subject()).isEqualTo(ALICE);
        assertThat(principal.kind()).isEqualTo(Principal.Kind.HUMAN);
        assertThat(principal.scopes()).containsExactly(new Scope("mail.unsubscribe"));
        assertThat(principal.validUntil()).isEqualTo(clock.in(Duration.ofHours(24)));
        assertThat(principal.authenticatedAt()).isEqualTo(clock.instant());
        assertThat(principal.credential().text()).matches("unsubscribe/[0-9a-f]{16}");
    }

    @Test
    void a_link_that_is_opened_opens_nothing_that_changes_anything() {
        var link = link(Method.GET);

        assertThat(principal(verify(fetch(Method.GET, link))).scopes()).isEmpty();
        assertThat(principal(verify(fetch(Method.HEAD, link))).scopes()).isEmpty();
    }

    @Test
    void a_link_for_one_method_is_nothing_to_another() {
        assertThat(verify(post(link(Method.GET)))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
        assertThat(verify(fetch(Method.GET, link(Method.POST)))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
        assertThat(verify(fetch(Method.DELETE, link(Method.POST)))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @Test
    void a_link_ends() {
        var link = link(Method.POST);
        clock.advance(Duration.ofHours(24).minusMillis(1));
        assertThat(verify(post(link))).isInstanceOf(IdentityOutcome.Authenticated.class);

        clock.advance(Duration.ofMillis(1));
        assertThat(verify(post(link))).isEqualTo(rejected(Reason.TOKEN_EXPIRED));
    }

    @Test
    void the_end_cannot_be_moved() {
        var end = clock.in(Duration.ofHours(24)).getEpochSecond();
        var link = link(Method.POST).replace("." + end + ".", "." + (end + 1) + ".");

        assertThat(link).isNotEqualTo(link(Method.POST));
        assertThat(verify(post(link))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @Test
    void a_link_of_one_purpose_is_nothing_to_another() {
        var confirming =
                new UrlTokenMechanism(tokens(TestKeyrings.of(1), "confirm", Use.MANY), FakeNonceLedger.empty());

        assertThat(confirming.verify(post(link(Method.POST)), clock.instant()))
                .isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @Test
    void a_link_is_for_its_subject_and_its_path() {
        var link = link(Method.POST);

        assertThat(verify(post(link.replace("alice", "bob")))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
        assertThat(verify(post(link.replace("/lists/7/", "/lists/8/")))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
        assertThat(verify(post(link.replace("/lists/7/", "/lists/%37/")))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
        assertThat(verify(post(link.replace("s=", "x=")))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @Test
    void a_parameter_that_is_there_twice_is_ambiguous_however_it_is_written() {
        var link = link(Method.POST);

        for (var more : List.of("&t=x", "&s=bob", "&%73=bob", "&%74=x", "&s=")) {
            assertThat(verify(post(link + more))).as(more).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
            var before = link.replace("?", "?" + more.substring(1) + "&");
            assertThat(verify(post(before))).as(before).isEqualTo(rejected(Reason.AMBIGUOUS_CREDENTIALS));
        }
        assertThat(verify(post(link + "&page=2"))).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void without_its_parameter_a_request_is_no_link() {
        assertThat(mechanism.present(post("/lists/7/unsubscribe"))).isFalse();
        assertThat(mechanism.present(post("/lists/7/unsubscribe?token=x&at=y"))).isFalse();
        assertThat(mechanism.present(post("/lists/7/unsubscribe?t="))).isTrue();
        assertThat(verify(post("/lists/7/unsubscribe?t="))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ünïcode ☃ 😀", "a b", "100%", "a&t=b", "a#b?c", "+"})
    void any_subject_comes_through_a_link(String subject) {
        var link = tokens.link(Method.POST, PATH, new Subject(subject), clock.instant());

        assertThat(principal(verify(post(link))).subject()).isEqualTo(new Subject(subject));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%0a", "ü", ""})
    void a_subject_that_cannot_be_read_is_refused(String subject) {
        var token = tokens.token(Method.POST, PATH, ALICE, clock.in(Duration.ofHours(1)));

        assertThat(verify(post(PATH + "?s=" + subject + "&t=" + token))).isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @Test
    void an_old_key_verifies_and_the_new_one_signs() {
        var after = tokens(TestKeyrings.of(2, 1), "unsubscribe", Use.MANY);
        var changed = new UrlTokenMechanism(after, FakeNonceLedger.empty());

        assertThat(changed.verify(post(link(Method.POST)), clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(verify(post(after.link(Method.POST, PATH, ALICE, clock.instant()))))
                .isEqualTo(rejected(Reason.TOKEN_SIGNATURE));
    }

    @Test
    void a_link_that_is_good_once_is_not_spent_by_looking() {
        var once = once(FakeNonceLedger.empty());
        var looking = link(Method.GET);
        var doing = link(Method.POST);

        assertThat(once.verify(fetch(Method.GET, looking), clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(once.verify(fetch(Method.GET, looking), clock.instant()))
                .isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(once.verify(post(doing), clock.instant())).isInstanceOf(IdentityOutcome.Authenticated.class);
        assertThat(once.verify(post(doing), clock.instant())).isEqualTo(rejected(Reason.REPLAYED));
    }

    @Test
    void of_32_that_use_a_link_at_once_one_does() {
        var once = once(FakeNonceLedger.empty());
        var link = link(Method.POST);

        var outcomes = AtOnce.run(32, number -> () -> once.verify(post(link), clock.instant()));

        assertThat(Collections.frequency(outcomes, rejected(Reason.REPLAYED))).isEqualTo(31);
    }

    @Test
    void a_link_is_spent_by_a_right_signature_only() {
        var once = once(FakeNonceLedger.empty());
        var link = link(Method.POST);

        once.verify(post(link.replace("alice", "bob")), clock.instant());

        assertThat(once.verify(post(link), clock.instant())).isInstanceOf(IdentityOutcome.Authenticated.class);
    }

    @Test
    void a_spent_link_is_remembered_until_it_ends_and_what_clocks_may_differ() {
        var told = new ArrayList<Instant>();
        var once = once(new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                told.addAll(List.of(claimed, keepUntil));
                return new NonceClaim.Fresh();
            }

            @Override
            public long forget(Instant now) {
                return 0;
            }
        });
        var made = clock.instant();
        var link = link(Method.POST);
        clock.advance(Duration.ofHours(1));

        once.verify(post(link), clock.instant());

        assertThat(told).containsExactly(made, made.plus(Duration.ofHours(24)).plusSeconds(60));
    }

    @Test
    void a_link_that_cannot_be_looked_up_is_neither_good_nor_bad() {
        var away = once(new NonceLedger() {
            @Override
            public NonceClaim claim(CredentialId owner, Bytes digest, Instant claimed, Instant keepUntil) {
                throw new IdentityStateUnavailable("away", new IllegalStateException());
            }

            @Override
            public long forget(Instant now) {
                return 0;
            }
        });

        assertThat(away.verify(post(link(Method.POST)), clock.instant()))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
        assertThat(once(FakeNonceLedger.afterCrash(clock.in(Duration.ofSeconds(5))))
                        .verify(post(link(Method.POST)), clock.instant()))
                .isInstanceOf(IdentityOutcome.Unavailable.class);
    }

    @Test
    void only_a_ledger_is_waited_for() {
        assertThat(mechanism.quick(post(link(Method.POST)))).isTrue();
        assertThat(once(FakeNonceLedger.empty()).quick(post(link(Method.POST)))).isFalse();
        assertThat(once(FakeNonceLedger.empty()).quick(fetch(Method.GET, link(Method.GET))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "lists", "/a?b=c", "/a\nb"})
    void a_link_leads_to_a_path(String path) {
        assertThatThrownBy(() -> tokens.link(Method.POST, path, ALICE, clock.instant()))
                .isInstanceOf(InvalidInput.class);
    }

    static UrlTokens tokens(Keyring keys, String purpose, Use use) {
        return new UrlTokens(new UrlTokenSettings(
                new MechanismName("links"),
                keys,
                purpose,
                UrlTokenSettings.DEFAULT_SUBJECT_PARAMETER,
                Duration.ofHours(24),
                use,
                Set.of(new Scope("mail." + purpose))));
    }

    private UrlTokenMechanism once(NonceLedger ledger) {
        return new UrlTokenMechanism(tokens(TestKeyrings.of(1), "unsubscribe", Use.ONCE), ledger);
    }

    private String link(Method method) {
        return tokens.link(method, PATH, ALICE, clock.instant());
    }

    private static Fetch post(String target) {
        return fetch(Method.POST, target);
    }

    private static Fetch fetch(Method method, String target) {
        return TestRequests.fetch(method, target, Map.of(), "192.0.2.7");
    }

    private IdentityOutcome verify(Fetch request) {
        return mechanism.verify(request, clock.instant());
    }

    private static Principal principal(IdentityOutcome outcome) {
        assertThat(outcome).isInstanceOf(IdentityOutcome.Authenticated.class);
        return ((IdentityOutcome.Authenticated) outcome).principal();
    }

    private static IdentityOutcome rejected(Reason reason) {
        return new IdentityOutcome.Rejected(reason);
    }
}
