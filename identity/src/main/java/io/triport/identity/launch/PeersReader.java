package io.triport.identity.launch;

import io.triport.domain.storage.NodeAddress;
import io.triport.domain.storage.NodeLink;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.tls.NodeFiles;
import java.util.Optional;

/** How nodes of one app reach each other for durable objects, for any app that has some. */
public final class PeersReader {
    private static final Value<NodeAddress> ADDRESS =
            new Value<>("host:port, an IPv6 address in brackets", NodeAddress::parse);

    private PeersReader() {}

    /**
     * @return empty where the section is left out
     * @throws io.triport.identity.config.ConfigError for files that cannot be used, and where one is missing
     */
    public static Optional<NodeLink> read(Section peers) {
        var listen = peers.optional(
                "listen",
                ADDRESS,
                "Where this node takes what others hand on for its durable objects, in TLS by which both prove"
                        + " themselves.");
        var announced =
                peers.optional("announce", ADDRESS, "Where the other nodes reach it; where it listens if left out.");
        var files = NodeFiles.read(peers);
        if (listen.isEmpty()) {
            if (announced.isPresent() || files.isPresent()) {
                throw peers.error("listen", "nothing", "host:port, beside the other settings of peers");
            }
            return Optional.empty();
        }
        return Optional.of(new NodeLink(
                listen.get(),
                announced.orElse(listen.get()),
                files.orElseThrow(() -> peers.error("ca", "nothing", "ca, cert and key, beside listen"))));
    }
}
