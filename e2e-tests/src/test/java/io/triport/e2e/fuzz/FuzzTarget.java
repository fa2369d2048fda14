package io.triport.e2e.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.triport.domain.cursor.Cursor;
import io.triport.domain.cursor.CursorScope;
import io.triport.domain.cursor.CursorSeal;
import io.triport.domain.cursor.StoragePort;
import io.triport.domain.failure.StorageFailure;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.IdentityOutcome;
import io.triport.domain.identity.Permissions;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Content;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.Headers;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.Method;
import io.triport.domain.request.Peer;
import io.triport.domain.request.RawTarget;
import io.triport.domain.request.RequestId;
import io.triport.domain.request.TransportSecurity;
import io.triport.domain.time.Randomness;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.ConfigFile;
import io.triport.identity.config.ConfigJson;
import io.triport.identity.config.ConfigNode;
import io.triport.identity.config.Sources;
import io.triport.identity.connection.ScannedBytes;
import io.triport.identity.hmac.HmacMechanism;
import io.triport.identity.hmac.HmacSecret;
import io.triport.identity.hmac.HmacSettings;
import io.triport.identity.hmac.KeyId;
import io.triport.identity.hmac.KeyRing;
import io.triport.identity.hmac.SigningHeaders;
import io.triport.identity.hmac.SigningKey;
import io.triport.identity.launch.StartMode;
import io.triport.kv.KvBodies;
import io.triport.kv.KvProxyApp;
import io.triport.testkit.FakeNonceLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** Something that reads what it cannot trust, with what holds for any bytes. A broken rule is an {@link AssertionError}. */
enum FuzzTarget implements Consumer<byte[]> {
    ZIN_HEADERS(FuzzTarget::zinHeaders),
    KEY_MAP_JSON(FuzzTarget::keyMapJson),
    KEY_MAP_YAML(FuzzTarget::keyMapYaml),
    KV_BODY(FuzzTarget::kvBody),
    FRAMING(FuzzTarget::framing),
    CIDR(FuzzTarget::cidr),
    CURSOR(FuzzTarget::cursor),
    TARGET(FuzzTarget::target),
    SIGV4_HEADERS(CredentialTargets::sigV4Headers),
    JWT(CredentialTargets::jwt),
    SEALED_TOKEN(CredentialTargets::sealedToken),
    XML_BODY(BodyTargets::xml),
    IMPORT_BODY(BodyTargets::importBody),
    TAG_FILTER(BodyTargets::tagFilter),
    ROUTING(BodyTargets::routing);

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    /** More than any key with its title has. */
    private static final int LONGEST_POSITION = 1_100;

    private static final SigningKey KEY = new SigningKey(
            new CredentialId("known"),
            List.of(HmacSecret.of("a secret that no fuzzer will ever guess, 2026")),
            Set.of(),
            Permissions.NONE,
            List.of(),
            Instant.MAX,
            List.of());

    private final Consumer<byte[]> check;

    FuzzTarget(Consumer<byte[]> check) {
        this.check = check;
    }

    @Override
    public void accept(byte[] bytes) {
        check.accept(bytes);
    }

    /** Five lines for the five headers, a sixth repeats the first, the rest is the body. Never admitted without the secret. */
    private static void zinHeaders(byte[] bytes) {
        var names = List.of(
                SigningHeaders.KEY_ID,
                SigningHeaders.TIMESTAMP,
                SigningHeaders.NONCE,
                SigningHeaders.BODY_SHA256,
                SigningHeaders.SIGNATURE);
        var lines = new String(bytes, ISO_8859_1).split("\n", 7);
        var fields = new HashMap<String, List<String>>();
        for (var i = 0; i < Math.min(lines.length, names.size()); i++) {
            fields.put(names.get(i), List.of(lines[i]));
        }
        if (lines.length > names.size() && !lines[5].isEmpty()) {
            fields.put(SigningHeaders.KEY_ID, List.of(lines[0], lines[5]));
        }
        var body = Bytes.copyOf(lines[lines.length - 1].getBytes(ISO_8859_1));
        var request = new Fetch(
                RequestId.fresh(Randomness.system()),
                NOW,
                Method.POST,
                RawTarget.parse("/zin/kv/get"),
                new Headers(fields),
                new Peer(Cidr.literal("192.0.2.7"), TransportSecurity.PLAIN),
                Content.of(body));
        var mechanism = new HmacMechanism(
                () -> new KeyRing.Named(Map.of(new KeyId("known"), KEY)),
                FakeNonceLedger.empty(),
                new HmacSettings(HmacSettings.DEFAULT_WINDOW, ""));

        var outcome = mechanism.verify(request, NOW);

        require(outcome instanceof IdentityOutcome.Rejected, "not refused: " + outcome);
    }

    private static void keyMapJson(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        try {
            ConfigJson.parse("ZT_KEYS_JSON", text);
            read(ConfigNode.Mapping.empty("none"), Map.of("ZT_KEYS_JSON", text));
        } catch (ConfigError e) {
            requireOneLine(e);
        }
    }

    private static void keyMapYaml(byte[] bytes) {
        try {
            read(ConfigFile.parse("kv.yml", new String(bytes, UTF_8)), Map.of());
        } catch (ConfigError e) {
            requireOneLine(e);
        }
    }

    private static void read(ConfigNode.Mapping file, Map<String, String> environment) {
        var sources = new Sources(file, environment, Map.of());
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of("unused"));
        KvProxyApp.create().read(sources.root().section("triport"), sources, mode);
    }

    private static void requireOneLine(ConfigError error) {
        var message = String.valueOf(error.getMessage());
        require(message.lines().count() == 1, "not one line: " + message);
        require(message.contains("(expected: "), "expects nothing: " + message);
    }

    private static void kvBody(byte[] bytes) {
        var body = Bytes.copyOf(bytes);
        KvBodies.takers(body);
        var once = KvBodies.compact(body);
        require(KvBodies.compact(once).equals(once), "what was written is read as something else");
        require(KvBodies.takers(once) == KvBodies.takers(body), "what was written means something else");
    }

    /** However the bytes are cut, the same of them get through. */
    private static void framing(byte[] bytes) {
        var whole = ScannedBytes.of(bytes, Math.max(1, bytes.length));
        for (var piece : new int[] {1, 2, 7}) {
            var cut = ScannedBytes.of(bytes, piece);
            require(cut.messages() == whole.messages(), piece + ": " + cut + ", whole: " + whole);
            require(cut.refusal().equals(whole.refusal()), piece + ": " + cut + ", whole: " + whole);
        }
    }

    private static void cidr(byte[] bytes) {
        try {
            var block = Cidr.parse(new String(bytes, UTF_8));
            require(Cidr.parse(block.toString()).equals(block), "another block when read again: " + block);
            require(block.contains(block.network()), "does not hold its own network: " + block);
        } catch (InvalidInput e) {
            require(!e.field().isEmpty(), "names no field");
        }
    }

    private static void cursor(byte[] bytes) {
        var seal = new CursorSeal(Bytes.copyOf(new byte[32]), Clock.fixed(NOW, ZoneOffset.UTC));
        var scope = new CursorScope(StoragePort.KEY_VALUE, "namespace", Bytes.utf8("app1:"));
        var position = Bytes.copyOf(Arrays.copyOf(bytes, Math.min(bytes.length, LONGEST_POSITION)));
        require(seal.open(scope, seal.seal(scope, position)).equals(position), "not what was sealed");
        try {
            seal.open(scope, new Cursor(new String(bytes, UTF_8)));
            throw new AssertionError("a cursor was opened that nobody sealed");
        } catch (StorageFailure.Rejected e) {
            require(!e.code().name().isEmpty(), "names no code");
        }
    }

    private static void target(byte[] bytes) {
        try {
            var target = RawTarget.parse(new String(bytes, ISO_8859_1));
            require(RawTarget.parse(target.toString()).equals(target), "another target when read again: " + target);
        } catch (InvalidInput e) {
            require(!e.field().isEmpty(), "names no field");
        }
    }

    static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
