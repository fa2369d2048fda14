package io.triport.identity.mtls;

import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.config.WatchedFile;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.CrlUrl;
import io.triport.identity.crl.PublishedLists;
import io.triport.identity.crl.RevocationLists;
import io.triport.identity.revocation.RevocationRule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How client certificates are judged and named.
 *
 * @param clientCa file with the trusted authorities in PEM, read anew when it changes
 * @param crlFile file with revocation lists in PEM or one in DER, read anew when it changes; empty for none
 * @param crlUrls where authorities of {@code clientCa} publish their lists, fetched anew before they end; empty for nowhere
 * @param spiffe the trust domain whose names are accepted; empty when certificates are known otherwise
 * @param clients known by a name of their certificate; when there are some, and no trust domain, nobody else is admitted
 */
public record MtlsSettings(
        String clientCa,
        String crlFile,
        List<CrlUrl> crlUrls,
        CrlPolicy crl,
        CertificateSource source,
        String spiffe,
        List<KnownClient> clients,
        RevocationRule revocation) {
    /** A file is looked at anew after this time at the earliest. */
    private static final Duration LOOK = Duration.ofSeconds(1);

    public MtlsSettings {
        crlUrls = List.copyOf(crlUrls);
        clients = List.copyOf(clients);
        if (!spiffe.isEmpty() && !SpiffeId.validTrustDomain(spiffe)) {
            throw new IllegalArgumentException("spiffe: " + spiffe + " (expected: a trust domain of a-z 0-9 . - _)");
        }
        var names = new HashSet<CertificateName>();
        for (var client : clients) {
            if (!names.add(client.name())) {
                throw new IllegalArgumentException("clients: " + client.name() + " twice (expected: each name once)");
            }
            if (!spiffe.isEmpty() && !(client.name() instanceof CertificateName.Uri)) {
                throw new IllegalArgumentException("clients: " + client.name() + " (expected: uri, as spiffe is set)");
            }
        }
    }

    /** Those that fetch no revocation lists. */
    public MtlsSettings(
            String clientCa,
            String crlFile,
            CrlPolicy crl,
            CertificateSource source,
            String spiffe,
            List<KnownClient> clients,
            RevocationRule revocation) {
        this(clientCa, crlFile, List.of(), crl, source, spiffe, clients, revocation);
    }

    /** Reads a mechanism of type {@code mtls}. */
    public static MtlsSettings read(Section section) {
        var clientCa = section.optional("clientCa", Value.TEXT, "File with the trusted authorities in PEM.")
                .orElseThrow(() -> section.error("clientCa", "missing", "a file with certificates in PEM"));
        var crlFile = section.value("crlFile", Value.TEXT, "", "File with revocation lists; none when left out.");
        var crlUrls = section.oneOrList(
                "crlUrl",
                new Value<>("an http or https URL of a revocation list", CrlUrl::parse),
                "Where authorities of clientCa publish their revocation lists; fetched at the start and before they"
                        + " end.");
        var crl = section.value(
                "crl",
                Value.oneOf(CrlPolicy.values()),
                "hard",
                "Without a valid list: refuse as unavailable (hard), or believe (soft).");
        var spiffe = section.value("spiffe", Value.TEXT, "", "Trust domain; the subject is then the SPIFFE ID.");
        var source = section.has("forwarded")
                ? CertificateSource.Forwarded.read(section.section("forwarded"))
                : new CertificateSource.OwnTls();
        var clients = section.named("clients", MtlsSettings::client);
        try {
            return new MtlsSettings(
                    clientCa,
                    crlFile,
                    crlUrls,
                    crl,
                    source,
                    spiffe,
                    List.copyOf(clients.values()),
                    RevocationRule.read(section));
        } catch (IllegalArgumentException e) {
            throw section.error("clients", "(these settings)", String.valueOf(e.getMessage()));
        }
    }

    /**
     * What the files and the lists say, from now on; begins to fetch the lists.
     *
     * @throws io.triport.identity.config.ConfigError when a file cannot be used
     */
    ClientTrust trust(PublishedLists.Surroundings around) {
        var authorities = new WatchedFile<>(clientCa, Certificates::parseBundle, around.ticker(), LOOK);
        var sources = new ArrayList<Supplier<RevocationLists>>();
        if (!crlFile.isEmpty()) {
            sources.add(new WatchedFile<>(crlFile, RevocationLists::parse, around.ticker(), LOOK));
        }
        var published = crlUrls.stream()
                .map(url -> new PublishedLists(url, authorities, around))
                .toList();
        published.forEach(each -> sources.add(each::lists));
        var policy = sources.isEmpty() ? CrlPolicy.SOFT : crl;
        return new ClientTrust(authorities, sources, policy, () -> {
            var missing = published.stream().filter(each -> !each.ready()).count();
            return missing == 0 || policy == CrlPolicy.SOFT;
        });
    }

    private static KnownClient client(Section section) {
        var uri = section.optional("uri", Value.TEXT, "The client's subject alternative name of this kind.");
        var dns = section.optional("dns", Value.TEXT, "The client's subject alternative name of this kind.");
        var email = section.optional("email", Value.TEXT, "The client's subject alternative name of this kind.");
        var spki = section.optional(
                "spki",
                new Value<>("SHA-256 of a public key, 64 hexadecimal digits", MtlsSettings::digest),
                "SHA-256 of the client's public key.");
        var roles = section.list("roles", new Value<>("a role", Role::new), "The roles of the client.");
        var scopes = section.list("scopes", new Value<>("a scope", Scope::new), "The scopes of the client.");
        try {
            var names = List.of(
                    uri.<CertificateName>map(CertificateName.Uri::new),
                    dns.<CertificateName>map(CertificateName.Dns::new),
                    email.<CertificateName>map(CertificateName.Email::new),
                    spki.<CertificateName>map(CertificateName.Key::new));
            var given = names.stream().flatMap(java.util.Optional::stream).toList();
            if (given.size() != 1) {
                throw new InvalidInput("client", "exactly one of uri, dns, email, spki");
            }
            return new KnownClient(
                    new Subject(section.name()), given.getFirst(), Set.copyOf(roles), Set.copyOf(scopes));
        } catch (InvalidInput e) {
            throw section.error(section.name(), section.name(), String.valueOf(e.getMessage()));
        }
    }

    static Bytes digest(String text) {
        var digest = Bytes.parseHex(text);
        if (digest.size() != 32) {
            throw new IllegalArgumentException(text);
        }
        return digest;
    }
}
