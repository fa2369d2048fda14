package io.triport.domain.cache;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import java.util.Optional;

/** A body in memory. */
record HeldBody(Bytes bytes) implements StoredBody {
    @Override
    public int length() {
        return bytes.size();
    }

    @Override
    public int weight() {
        return bytes.size();
    }

    @Override
    public Optional<Content> open(int from, int to) {
        return Optional.of(Content.of(bytes.slice(from, to)));
    }
}
