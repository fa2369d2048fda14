package io.triport.identity.tls;

import io.triport.domain.request.Bytes;
import io.triport.identity.crl.RevocationLists;
import io.triport.identity.tls.UnusableTlsFile.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;

/**
 * What the files of a listener hold, read and found to fit together.
 *
 * @param authorities of clients; empty where they are not asked
 * @param revocations what the files say that the authorities took back
 */
record TlsMaterial(
        PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities, RevocationLists revocations) {
    TlsMaterial {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
    }

    static TlsMaterial load(TlsSettings settings) throws UnusableTlsFile {
        if (settings.keyAccess() == TlsSettings.KeyAccess.OWNER) {
            PemFiles.refuseOpen(settings.key());
        }
        var chain = PemFiles.certificates(settings.cert(), Role.CERT);
        var key = PemFiles.key(settings.key());
        if (!PemFiles.fits(key, chain.getFirst())) {
            throw new UnusableTlsFile(
                    Role.KEY, settings.key().toString(), "the key of the certificate in " + settings.cert());
        }
        return switch (settings.clients()) {
            case TlsSettings.Clients.Unasked unasked ->
                new TlsMaterial(key, chain, List.of(), new RevocationLists(List.of()));
            case TlsSettings.Clients.Asked asked ->
                new TlsMaterial(
                        key,
                        chain,
                        PemFiles.certificates(asked.authorities(), Role.CLIENT_CA),
                        PemFiles.revocations(asked.revocations().files()));
        };
    }

    /** The bytes of all files, to see whether they have changed; what cannot be read counts as empty. */
    static List<Bytes> contents(TlsSettings settings) {
        var files = new ArrayList<>(List.of(settings.cert(), settings.key()));
        if (settings.clients() instanceof TlsSettings.Clients.Asked asked) {
            files.add(asked.authorities());
            files.addAll(asked.revocations().files());
        }
        return files.stream()
                .map(file -> {
                    try {
                        return Bytes.copyOf(Files.readAllBytes(file));
                    } catch (IOException e) {
                        return Bytes.EMPTY;
                    }
                })
                .toList();
    }

    @Override
    public String toString() {
        return "TlsMaterial[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
