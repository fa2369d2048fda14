package io.triport.identity.tls;

import io.triport.domain.request.Bytes;
import io.triport.domain.storage.NodeProof;
import io.triport.identity.config.ConfigError;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.tls.TlsSettings.KeyAccess;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files by which the nodes of an app prove themselves to each other in TLS. Each new connection gets what they held when they last
 * fitted together. Safe for many threads: its lock guards all.
 */
public final class NodeFiles implements Supplier<NodeProof> {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFiles.class);
    private final TlsSettings settings;
    private final ReentrantLock lock = new ReentrantLock();
    private List<Bytes> judged;
    private NodeProof current;

    private NodeFiles(TlsSettings settings) throws UnusableTlsFile {
        this.settings = settings;
        this.judged = TlsMaterial.contents(settings);
        this.current = proof(TlsMaterial.load(settings));
    }

    /**
     * The keys {@code ca}, {@code cert}, {@code key} and {@code allow-open-key-files}; empty where the first three are left out.
     *
     * @throws ConfigError for files that cannot be used, and where one is missing
     */
    public static Optional<NodeFiles> read(Section section) {
        var authorities = section.optional(
                "ca",
                AuthorityFile.FILE,
                "PEM file of the authority of the nodes. Who has a certificate of it counts as a node.");
        var cert = section.optional(
                "cert",
                AuthorityFile.FILE,
                "PEM file with this node's certificate, for the host that is announced, and its chain; read again for"
                        + " new connections when it changes.");
        var key = section.optional(
                "key", AuthorityFile.FILE, "PEM file with its key, not encrypted, of mode 600 or 400.");
        var open = section.value(
                "allow-open-key-files",
                Value.SWITCH,
                "false",
                "Whether the key file may be readable by others than its owner.");
        if (Stream.of(authorities, cert, key).allMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        try {
            return Optional.of(new NodeFiles(new TlsSettings(
                    present(section, "cert", cert),
                    present(section, "key", key),
                    open ? KeyAccess.ANYBODY : KeyAccess.OWNER,
                    new TlsSettings.Clients.Asked(present(section, "ca", authorities), TlsSettings.Demand.NEED),
                    TlsSettings.Version.TLS_1_3,
                    List.of())));
        } catch (UnusableTlsFile e) {
            throw section.error(
                    switch (e.role()) {
                        case CERT -> "cert";
                        case KEY -> "key";
                        case CLIENT_CA -> "ca";
                        case CRL -> throw new IllegalStateException("no revocation list is read for nodes");
                    },
                    e.problem(),
                    e.expectation());
        }
    }

    private static Path present(Section section, String name, Optional<Path> file) {
        return file.orElseThrow(() -> section.error(name, "nothing", "the path of a file, beside the others"));
    }

    @Override
    public NodeProof get() {
        lock.lock();
        try {
            var present = TlsMaterial.contents(settings);
            if (!present.equals(judged)) {
                judged = present;
                adopt();
            }
            return current;
        } finally {
            lock.unlock();
        }
    }

    private void adopt() {
        try {
            current = proof(TlsMaterial.load(settings));
            LOG.atInfo().addKeyValue("cert", settings.cert()).log("certificate adopted");
        } catch (UnusableTlsFile e) {
            LOG.atError().addKeyValue("error", e.getMessage()).log("certificate refused, the old one stays");
        }
    }

    private static NodeProof proof(TlsMaterial held) {
        return new NodeProof(held.key(), held.chain(), held.authorities());
    }
}
