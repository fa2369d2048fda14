package io.triport.identity.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Cidr;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PolicyTest {
    private static final InetAddress HERE = Cidr.literal("192.0.2.7");

    @Test
    void an_address_that_the_issuer_vouches_for_is_compared_without_case() {
        var policy = policy("{emailIn: [Root@Acme.Example, ops@acme.example]}");

        assertThat(policy.admits(claiming("email", text("ROOT@acme.example")), HERE))
                .isTrue();
        assertThat(policy.admits(claiming("email", text("other@acme.example")), HERE))
                .isFalse();
        assertThat(policy.admits(claiming("mail", text("root@acme.example")), HERE))
                .isFalse();
        assertThat(policy.admits(
                        principal(Claims.of(Map.of(
                                "email", text("root@acme.example"), "email_verified", new ClaimValue.Flag(false)))),
                        HERE))
                .isFalse();
    }

    @Test
    void contains_wants_an_array_with_the_very_text() {
        var policy = policy("{claim: groups, contains: admins}");

        assertThat(policy.admits(claiming("groups", listing("users", "admins")), HERE))
                .isTrue();
        assertThat(policy.admits(claiming("groups", listing("users", "admins-of-nothing")), HERE))
                .isFalse();
        assertThat(policy.admits(claiming("groups", text("users admins")), HERE))
                .isFalse();
        assertThat(policy.admits(claiming("groups", text("admins")), HERE)).isFalse();
        assertThat(policy.admits(claiming("group", listing("admins")), HERE)).isFalse();
    }

    @Test
    void equals_compares_texts_numbers_and_truth_values() {
        assertThat(policy("{claim: c, equals: gold}").admits(claiming("c", text("gold")), HERE))
                .isTrue();
        assertThat(policy("{claim: c, equals: gold}").admits(claiming("c", text("Gold")), HERE))
                .isFalse();
        assertThat(policy("{claim: c, equals: gold}").admits(claiming("c", listing("gold")), HERE))
                .isFalse();
        assertThat(policy("{claim: c, equals: 3}").admits(claiming("c", number("3.0")), HERE))
                .isTrue();
        assertThat(policy("{claim: c, equals: 3}").admits(claiming("c", number("3.5")), HERE))
                .isFalse();
        assertThat(policy("{claim: c, equals: gold}").admits(claiming("c", number("3")), HERE))
                .isFalse();
        assertThat(policy("{claim: c, equals: true}").admits(claiming("c", new ClaimValue.Flag(true)), HERE))
                .isTrue();
        assertThat(policy("{claim: c, equals: true}").admits(claiming("c", new ClaimValue.Flag(false)), HERE))
                .isFalse();
        assertThat(policy("{claim: c, equals: \"null\"}").admits(claiming("c", new ClaimValue.Nothing()), HERE))
                .isFalse();
        assertThat(policy("{claim: c, equals: gold}").admits(principal(Claims.NONE), HERE))
                .isFalse();
    }

    @Test
    void scope_and_role_are_what_the_credential_carries() {
        assertThat(policy("{scope: orders.write}").admits(principal(Claims.NONE), HERE))
                .isTrue();
        assertThat(policy("{scope: orders.read}").admits(principal(Claims.NONE), HERE))
                .isFalse();
        assertThat(policy("{role: clerk}").admits(principal(Claims.NONE), HERE)).isTrue();
        assertThat(policy("{role: Clerk}").admits(principal(Claims.NONE), HERE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.1, true",
        "203.0.113.7, false",
        "203.0.114.1, false",
        "2001:db8::1, true",
        "2001:db9::1, false",
        "::ffff:203.0.113.1, true",
        "::ffff:203.0.113.7, false"
    })
    void deny_wins_over_allow_and_allow_refuses_the_rest(String address, boolean admitted) {
        var policy = policy("{ip: {allow: [203.0.113.0/24, \"2001:db8::/32\"], deny: [203.0.113.7]}}");

        assertThat(policy.admits(principal(Claims.NONE), Cidr.literal(address))).isEqualTo(admitted);
        assertThat(policy.open(Cidr.literal(address))).isEqualTo(admitted);
    }

    @Test
    void deny_alone_leaves_the_rest_open() {
        var policy = policy("{ip: {deny: [203.0.113.0/24]}}");

        assertThat(policy.open(Cidr.literal("203.0.113.9"))).isFalse();
        assertThat(policy.open(HERE)).isTrue();
        assertThat(policy.open(Cidr.literal("2001:db8::1"))).isTrue();
    }

    @Test
    void all_wants_every_part_and_any_wants_one() {
        var both = policy("{all: [{scope: orders.write}, {role: admin}]}");
        var either = policy("{any: [{scope: orders.write}, {role: admin}]}");
        var neither = policy("{any: [{scope: orders.read}, {role: admin}]}");
        var held = policy("{all: [{scope: orders.write}, {any: [{role: admin}, {role: clerk}]}]}");

        assertThat(both.admits(principal(Claims.NONE), HERE)).isFalse();
        assertThat(either.admits(principal(Claims.NONE), HERE)).isTrue();
        assertThat(neither.admits(principal(Claims.NONE), HERE)).isFalse();
        assertThat(held.admits(principal(Claims.NONE), HERE)).isTrue();
    }

    @Test
    void an_address_is_closed_only_if_nobody_there_could_be_admitted() {
        var here = "{ip: {allow: [192.0.2.0/24]}}";
        var there = Cidr.literal("198.51.100.1");

        assertThat(policy("{all: [{role: admin}, " + here + "]}").open(there)).isFalse();
        assertThat(policy("{any: [{role: admin}, " + here + "]}").open(there)).isTrue();
        assertThat(policy("{any: [" + here + "]}").open(there)).isFalse();
        for (var about : List.of(
                "{role: a}",
                "{scope: a}",
                "{emailIn: [a@b.example]}",
                "{claim: a, equals: b}",
                "{claim: a, contains: b}")) {
            assertThat(policy(about).open(there)).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|policy: no condition",
                "{all: []}|all: none",
                "{any: []}|any: none",
                "{emailIn: []}|emailIn: none",
                "{emailIn: ['']}|emailIn:",
                "{emailIn: [nobody]}|emailIn: nobody",
                "{ip: {}}|ip.allow: none",
                "{ip: {allow: []}}|ip.allow: none",
                "{ip: {allow: [192.0.2.0/24], deny: []}}|ip.deny: none",
                "{ip: {allow: [192.0.2.1/24]}}|ip.allow: 192.0.2.1/24",
                "{claim: groups}|claim: groups",
                "{claim: groups, contains: a, equals: b}|claim: groups",
                "{claim: groups, contains: ''}|contains:",
                "{claim: '', contains: a}|claim:",
                "{scope: a b}|scope: a b",
                "{role: ''}|role:",
                "{scope: a, role: b}|role: [scope, role]",
                "{all: [{role: a}, {any: []}]}|all[1].any: none",
                "{all: [{}]}|all[0].policy: no condition"
            })
    void what_would_admit_nobody_or_everybody_by_mistake_does_not_load(String policy, String error) {
        assertThatThrownBy(() -> policy(policy))
                .isInstanceOf(ConfigError.class)
                .hasMessageContaining("line 1")
                .hasMessageContaining("policies.p." + error);
    }

    @Test
    void a_condition_that_does_not_exist_does_not_load() {
        var root =
                new Sources(ConfigFile.parse("f.yml", "policies: {p: {role: a, mail: b}}"), Map.of(), Map.of()).root();
        PolicyReader.readAll(root.section("policies"));

        assertThatThrownBy(root::refuseUnknown).isInstanceOf(ConfigError.class).hasMessageContaining("policies.p.mail");
    }

    @Test
    void nothing_empty_can_be_made_in_code_either() {
        assertThatThrownBy(() -> new Policy.All(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy.Any(List.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy.EmailIn(Set.of())).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Policy.FromAddress(AddressSet.of(List.of()), AddressSet.of(List.of())))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Policy policy(String text) {
        var file = ConfigFile.parse("f.yml", "policies: {p: " + text + "}");
        var root = new Sources(file, Map.of(), Map.of()).root();
        var policy = PolicyReader.readAll(root.section("policies")).get("p");
        root.refuseUnknown();
        assertThat(policy).isNotNull();
        return java.util.Objects.requireNonNull(policy);
    }

    private static Principal claiming(String name, ClaimValue value) {
        return principal(Claims.of(Map.of(name, value)));
    }

    private static Principal principal(Claims claims) {
        return new Principal(
                new PrincipalId(new MechanismName("jwt"), new Issuer("https://issuer"), new Subject("s")),
                Principal.Kind.HUMAN,
                Set.of(new Role("clerk")),
                Set.of(new Scope("orders.write")),
                claims,
                new CredentialId("key"),
                Instant.EPOCH,
                Instant.EPOCH,
                Instant.MAX,
                AuthStrength.BEARER);
    }

    private static ClaimValue text(String text) {
        return new ClaimValue.Text(text);
    }

    private static ClaimValue number(String text) {
        return new ClaimValue.Numeric(new BigDecimal(text));
    }

    private static ClaimValue listing(String... items) {
        return new ClaimValue.Listing(
                List.of(items).stream().map(PolicyTest::text).toList());
    }
}
