package io.triport.identity.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.triport.domain.identity.AccessGate;
import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.Combine;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Permissions;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Reason;
import io.triport.domain.identity.RoutePolicy;
import io.triport.domain.identity.Subject;
import io.triport.domain.keyvalue.KvCondition;
import io.triport.domain.keyvalue.KvEntry;
import io.triport.domain.keyvalue.KvKey;
import io.triport.domain.keyvalue.NamespaceTitle;
import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.storage.Storage;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.Sources;
import io.triport.identity.log.Logging.Addresses;
import io.triport.identity.log.Logging.Format;
import io.triport.testkit.FakeStorageEngine;
import io.triport.testkit.SettableClock;
import io.triport.testkit.SettableTicker;
import io.triport.testkit.TestGrants;
import io.triport.testkit.TestMechanism;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class RequestLogTest {
    private static final MechanismName MECHANISM = new MechanismName("session");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private final SettableClock clock = SettableClock.at(NOW.toString());
    private final SettableTicker ticker = new SettableTicker();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final Logger logger = (Logger) LoggerFactory.getLogger("triport.identity");
    private final Level levelBefore = logger.getEffectiveLevel();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void silence() {
        logger.detachAppender(lines);
        logger.setLevel(levelBefore);
    }

    @Test
    void who_is_admitted_is_told_with_issuer_and_credential() {
        admit("ann", "sid-1");

        assertThat(written())
                .containsExactly("admitted request=r0 mechanism=session principal=session:ann scopes= "
                        + "until=2026-01-01T01:00:00Z issuer=https://idp.example credential=sid-1");
    }

    @Test
    void of_an_address_of_e_mail_the_host_alone_is_told_unless_it_is_asked_for() {
        admit("ann@acme.example", "for ann@acme.example");

        var line = lines.list.getFirst();
        assertThat(new LineLayout(Format.TEXT, Addresses.HIDDEN).doLayout(line))
                .contains(" principal=session:(e-mail)@acme.example ")
                .contains(" credential=(e-mail)@acme.example")
                .doesNotContain("ann");
        assertThat(new LineLayout(Format.JSON, Addresses.HIDDEN).doLayout(line))
                .contains("\"principal\":\"session:(e-mail)@acme.example\"")
                .doesNotContain("ann");
        assertThat(new LineLayout(Format.TEXT, Addresses.SHOWN).doLayout(line))
                .contains(" principal=session:ann@acme.example ")
                .contains(" credential=\"for ann@acme.example\"");
    }

    @Test
    void addresses_are_hidden_unless_it_is_written() {
        assertThat(read("triport: {}").addresses()).isEqualTo(Addresses.HIDDEN);
        assertThat(read("triport: {log: {email: true}}").addresses()).isEqualTo(Addresses.SHOWN);
    }

    private static Logging read(String yaml) {
        return Logging.read(new Sources(ConfigFile.parse("test.yml", yaml), Map.of(), Map.of())
                .root()
                .section("triport"));
    }

    @Test
    void calls_of_the_store_are_counted_by_port_operation_adapter_and_outcome_and_their_bytes_by_direction() {
        var title = new NamespaceTitle("CACHE");
        var engine = new FakeStorageEngine(clock);
        engine.resources().create(title);
        var storage = new Storage(engine, clock, ticker, log());
        var store = storage.keyValue(new TestGrants(clock).ofEverything(), title);
        store.put(KvKey.of("a"), KvEntry.of("12345"), KvCondition.ANY);
        store.get(KvKey.of("a"));
        store.get(KvKey.of("a"));

        assertThat(metrics.get("triport.storage")
                        .tags("port", "key-value", "op", "get", "adapter", "fake", "outcome", "done")
                        .timer()
                        .count())
                .isEqualTo(2);
        assertThat(bytes("in")).isEqualTo(5);
        assertThat(bytes("out")).isEqualTo(10);
    }

    private double bytes(String direction) {
        return metrics.get("triport.storage.bytes")
                .tags("port", "key-value", "adapter", "fake", "direction", direction)
                .counter()
                .count();
    }

    @Test
    void of_the_rejected_credentials_of_an_address_one_a_second_has_a_line_and_the_others_are_counted() {
        var log = log();
        refuse(log, Reason.TOKEN_SIGNATURE, 0, 40, "192.0.2.7");

        assertThat(written())
                .containsExactly("refused request=r0 mechanism=session reason=token-signature peer=192.0.2.7");
        log.tellCounted();
        assertThat(written()).hasSize(1);

        ticker.advance(Duration.ofSeconds(1));
        log.tellCounted();
        log.tellCounted();

        assertThat(written())
                .last()
                .isEqualTo("refused request=r39 mechanism=session reason=token-signature peer=192.0.2.7 count=39");
        assertThat(written()).hasSize(2);
        assertThat(metrics.get("triport.identity").counter().count()).isEqualTo(40);
    }

    @Test
    void what_was_counted_is_told_before_the_next_line_and_at_the_end() {
        var log = log();
        refuse(log, Reason.TOKEN_SIGNATURE, 0, 3, "192.0.2.7");
        ticker.advance(Duration.ofSeconds(1));
        refuse(log, Reason.TOKEN_SIGNATURE, 3, 5, "192.0.2.7");
        log.tellRest();
        log.tellRest();

        assertThat(written())
                .containsExactly(
                        "refused request=r0 mechanism=session reason=token-signature peer=192.0.2.7",
                        "refused request=r2 mechanism=session reason=token-signature peer=192.0.2.7 count=2",
                        "refused request=r3 mechanism=session reason=token-signature peer=192.0.2.7",
                        "refused request=r4 mechanism=session reason=token-signature peer=192.0.2.7 count=1");
    }

    @Test
    void addresses_and_reasons_are_told_apart() {
        var log = log();
        refuse(log, Reason.TOKEN_SIGNATURE, 0, 1, "192.0.2.7");
        refuse(log, Reason.TOKEN_SIGNATURE, 1, 2, "192.0.2.8");
        refuse(log, Reason.TOKEN_EXPIRED, 2, 3, "192.0.2.8");

        assertThat(written()).hasSize(3).noneMatch(line -> line.contains("count="));
    }

    @Test
    void a_refusal_that_is_not_of_a_credential_always_has_a_line() {
        refuse(log(), Reason.NO_CREDENTIALS, 0, 3, "192.0.2.7");

        assertThat(written())
                .containsExactly(
                        "refused request=r0 mechanism=session reason=no-credentials",
                        "refused request=r1 mechanism=session reason=no-credentials",
                        "refused request=r2 mechanism=session reason=no-credentials");
    }

    @Test
    void who_finds_no_place_in_a_full_table_has_a_line_each_time() {
        var log = log();
        IntStream.range(0, RefusalLines.MOST)
                .forEach(i -> refuse(
                        log,
                        Reason.TOKEN_SIGNATURE,
                        i,
                        i + 1,
                        "10." + i / 65536 + "." + i / 256 % 256 + "." + i % 256));
        lines.list.clear();

        refuse(log, Reason.TOKEN_SIGNATURE, 0, 3, "192.0.2.7");

        assertThat(written()).hasSize(3);
        ticker.advance(Duration.ofSeconds(1));
        log.tellCounted();
        lines.list.clear();
        refuse(log, Reason.TOKEN_SIGNATURE, 0, 3, "192.0.2.7");
        assertThat(written()).hasSize(1);
    }

    private void admit(String subject, String credential) {
        var id = new PrincipalId(MECHANISM, new Issuer("https://idp.example"), new Subject(subject));
        var principal = Principal.named(
                id,
                Principal.Kind.HUMAN,
                new CredentialId(credential),
                AuthStrength.BEARER,
                NOW,
                NOW.plus(Duration.ofHours(1)));
        judge(log(), new IdentityOutcome.Authenticated(principal, Permissions.NONE, List.of()), fetch(0, "192.0.2.7"));
    }

    private void refuse(RequestLog log, Reason reason, int from, int to, String peer) {
        IntStream.range(from, to).forEach(i -> judge(log, new IdentityOutcome.Rejected(reason), fetch(i, peer)));
    }

    private void judge(RequestLog log, IdentityOutcome outcome, Fetch fetch) {
        var gate = new AccessGate(Set.of(TestMechanism.answering(MECHANISM.text(), outcome)), Set.of(), clock, log);
        gate.admit(
                fetch,
                new RoutePolicy(List.of(MECHANISM), Combine.AGREE, Set.of(), ByteSize.ofBytes(0), Duration.ZERO));
    }

    private RequestLog log() {
        return new RequestLog(metrics, ticker);
    }

    private static Fetch fetch(int number, String peer) {
        return new Fetch(
                new RequestId("r" + number),
                NOW,
                Method.GET,
                RawTarget.parse("/"),
                new Headers(Map.of(MECHANISM.text(), List.of("shown"))),
                new Peer(Cidr.literal(peer), TransportSecurity.PLAIN),
                Content.of(Bytes.EMPTY));
    }

    private List<String> written() {
        return lines.list.stream().map(RequestLogTest::text).toList();
    }

    private static String text(ILoggingEvent line) {
        return line.getMessage()
                + line.getKeyValuePairs().stream()
                        .map(pair -> " " + pair.key + "="
                                + (pair.value instanceof java.net.InetAddress address
                                        ? address.getHostAddress()
                                        : pair.value))
                        .collect(Collectors.joining());
    }
}
