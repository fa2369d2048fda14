package io.triport.identity.tls;

import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.CrlUrl;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How one listener speaks TLS. Only suites that authenticate what they encrypt are offered.
 *
 * @param cert PEM file with the certificate and its chain
 * @param key PEM file with the private key, not encrypted
 * @param keyAccess whether the key file may be open to others
 * @param clients how clients prove themselves
 * @param oldest the oldest version spoken
 * @param protocols offered by ALPN in this order; empty for none
 */
public record TlsSettings(
        Path cert, Path key, KeyAccess keyAccess, Clients clients, Version oldest, List<Protocol> protocols) {
    public TlsSettings {
        protocols = List.copyOf(protocols);
    }

    /** Who may read the file of a private key. */
    public enum KeyAccess {
        OWNER,
        ANYBODY
    }

    /** Versions of TLS. */
    public enum Version {
        TLS_1_2("1.2", List.of("TLSv1.3", "TLSv1.2")),
        TLS_1_3("1.3", List.of("TLSv1.3"));

        private final String text;
        private final List<String> spoken;

        Version(String text, List<String> spoken) {
            this.text = text;
            this.spoken = spoken;
        }

        /** What is spoken when this is the oldest. */
        List<String> spoken() {
            return spoken;
        }
    }

    /** What may be spoken inside. */
    public enum Protocol {
        HTTP_2("h2"),
        HTTP_1_1("http/1.1");

        private final String id;

        Protocol(String id) {
            this.id = id;
        }

        /** As ALPN and the setting have it. */
        public String id() {
            return id;
        }
    }

    /** Whether clients are asked for a certificate, and whose certificates count. */
    public sealed interface Clients {
        /** Nobody is asked. */
        record Unasked() implements Clients {}

        /** @param authorities PEM file with the certificates that must have signed the client's, directly or by others */
        record Asked(Path authorities, Demand demand, Revocations revocations) implements Clients {
            /** Without revocation lists. */
            public Asked(Path authorities, Demand demand) {
                this(authorities, demand, Revocations.UNASKED);
            }
        }
    }

    /**
     * Where the lists are of what the authorities took back.
     *
     * @param files with lists in PEM, or one in DER each
     * @param urls where authorities of the file publish theirs
     * @param policy what becomes of a client while an authority on the way to its certificate has no valid list
     */
    public record Revocations(List<Path> files, List<CrlUrl> urls, CrlPolicy policy) {
        static final Revocations UNASKED = new Revocations(List.of(), List.of(), CrlPolicy.HARD);

        public Revocations {
            files = List.copyOf(files);
            urls = List.copyOf(urls);
        }

        boolean asked() {
            return !files.isEmpty() || !urls.isEmpty();
        }
    }

    /** What becomes of a client that shows no certificate. */
    public enum Demand {
        WANT,
        NEED
    }

    /** How the keys of a section are written. */
    public enum Spelling {
        /** {@code client-ca}, as in the shared section of all apps. */
        KEBAB("allow-open-key-files", "client-ca", "client-auth", "min-version", "crl-url", "crl-policy"),
        /** {@code clientCa}, as the gateway's own file has it. */
        CAMEL("allowOpenKeyFiles", "clientCa", "clientAuth", "minVersion", "crlUrl", "crlPolicy");

        private final String openKeys;
        private final String clientCa;
        private final String clientAuth;
        private final String minVersion;
        private final String crlUrl;
        private final String crlPolicy;

        Spelling(
                String openKeys,
                String clientCa,
                String clientAuth,
                String minVersion,
                String crlUrl,
                String crlPolicy) {
            this.openKeys = openKeys;
            this.clientCa = clientCa;
            this.clientAuth = clientAuth;
            this.minVersion = minVersion;
            this.crlUrl = crlUrl;
            this.crlPolicy = crlPolicy;
        }
    }

    private enum Auth {
        NONE,
        WANT,
        NEED
    }

    private static final Value<Path> FILE = new Value<>("the path of a file", text -> {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    });

    private static final Value<KeyAccess> OPEN_KEYS = new Value<>("true or false", text -> switch (text) {
        case "true" -> KeyAccess.ANYBODY;
        case "false" -> KeyAccess.OWNER;
        default -> throw new IllegalArgumentException(text);
    });

    private static final Value<Version> VERSION = new Value<>("1.2 or 1.3", text -> {
        for (var version : Version.values()) {
            if (version.text.equals(text)) {
                return version;
            }
        }
        throw new IllegalArgumentException(text);
    });

    /** Who offered what is not spoken would be taken at its word. */
    private static Value<Protocol> protocol(List<Protocol> spoken) {
        return new Value<>(String.join(" or ", spoken.stream().map(Protocol::id).toList()), text -> {
            for (var protocol : spoken) {
                if (protocol.id.equals(text)) {
                    return protocol;
                }
            }
            throw new IllegalArgumentException(text);
        });
    }

    /**
     * The settings of one listener, with files that can be used; empty when it names no certificate and no key.
     *
     * @param tls the section, empty when it is left out
     * @param spoken what the app can speak, the preferred first
     * @throws ConfigError for settings and files that cannot be used
     */
    public static Optional<TlsSettings> read(Section tls, Spelling spelling, List<Protocol> spoken) {
        var cert = tls.optional(
                "cert",
                FILE,
                "PEM file with the certificate and its chain. With it and a key the listener speaks TLS; the files are"
                        + " read again when they change.");
        var key = tls.optional("key", FILE, "PEM file with the private key, not encrypted, of mode 600 or 400.");
        var access = tls.value(
                spelling.openKeys,
                OPEN_KEYS,
                "false",
                "Whether the key file may be readable by others than its owner.");
        var authorities = tls.optional(
                spelling.clientCa, FILE, "PEM file with the authorities whose certificates clients may show.");
        var auth = tls.value(
                spelling.clientAuth,
                Value.oneOf(Auth.values()),
                "none",
                "Whether a client is asked for a certificate, and whether it must have one.");
        var revocations = revocations(tls, spelling);
        var oldest = tls.value(spelling.minVersion, VERSION, "1.2", "The oldest version of TLS that is spoken.");
        var protocols = tls.list("alpn", protocol(spoken), "What may be spoken inside TLS, the preferred first.");
        if (cert.isEmpty() && key.isEmpty()) {
            if (authorities.isPresent() || auth != Auth.NONE || !protocols.isEmpty() || revocations.asked()) {
                throw tls.error("cert", "nothing", "the path of a file, where other settings of TLS are made");
            }
            return Optional.empty();
        }
        var settings = new TlsSettings(
                cert.orElseThrow(() -> tls.error("cert", "nothing", "the certificate of the key")),
                key.orElseThrow(() -> tls.error("key", "nothing", "the key of the certificate")),
                access,
                clients(tls, spelling, authorities, auth, revocations),
                oldest,
                tls.has("alpn") || !spoken.contains(Protocol.HTTP_2) ? protocols : spoken);
        try {
            TlsMaterial.load(settings);
        } catch (UnusableTlsFile e) {
            throw tls.error(name(e.role(), spelling), e.problem(), e.expectation());
        }
        return Optional.of(settings);
    }

    private static Revocations revocations(Section tls, Spelling spelling) {
        var files = tls.oneOrList(
                "crl",
                FILE,
                "Files with revocation lists, PEM or DER: a client's certificate counts only when a valid list of its"
                        + " authority does not name it. Read again when they change.");
        var urls = tls.oneOrList(
                spelling.crlUrl,
                new Value<>("an http or https URL of a revocation list", CrlUrl::parse),
                "Where authorities of the file publish their revocation lists; fetched at the start and before they"
                        + " end.");
        var policy = tls.value(
                spelling.crlPolicy,
                Value.oneOf(CrlPolicy.values()),
                "hard",
                "While an authority has no valid list: let nobody in whom it signed (hard), or believe (soft).");
        var revocations = new Revocations(files, urls, policy);
        if (!revocations.asked() && tls.has(spelling.crlPolicy)) {
            throw tls.error(spelling.crlPolicy, "a policy", "crl or " + spelling.crlUrl + " beside it");
        }
        return revocations;
    }

    private static Clients clients(
            Section tls, Spelling spelling, Optional<Path> authorities, Auth auth, Revocations revocations) {
        if (auth == Auth.NONE) {
            if (authorities.isPresent() || revocations.asked()) {
                var set = authorities.isPresent()
                        ? spelling.clientCa
                        : revocations.files().isEmpty() ? spelling.crlUrl : "crl";
                throw tls.error(spelling.clientAuth, "none", "want or need, where " + set + " is set");
            }
            return new Clients.Unasked();
        }
        return new Clients.Asked(
                authorities.orElseThrow(() -> tls.error(
                        spelling.clientCa, "nothing", "a file, where " + spelling.clientAuth + " is not none")),
                auth == Auth.NEED ? Demand.NEED : Demand.WANT,
                revocations);
    }

    private static String name(UnusableTlsFile.Role role, Spelling spelling) {
        return switch (role) {
            case CERT -> "cert";
            case KEY -> "key";
            case CLIENT_CA -> spelling.clientCa;
            case CRL -> "crl";
        };
    }
}
