package io.triport.identity.federation;

import io.triport.domain.request.Bytes;
import java.net.URI;
import java.util.Optional;

/** Fetches public documents of issuers. Safe for many threads. */
@FunctionalInterface
public interface DocumentSource {
    /** The document; empty when it cannot be had within the bounds of the source. May wait for some seconds. */
    Optional<Bytes> fetch(URI url);
}
