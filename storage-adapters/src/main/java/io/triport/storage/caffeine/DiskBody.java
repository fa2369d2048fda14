package io.triport.storage.caffeine;

import io.triport.domain.cache.StoredBody;
import io.triport.domain.request.Content;
import java.time.Duration;
import java.util.Optional;

/** The body of one response, in a file. Equal to nothing but itself. */
final class DiskBody implements StoredBody {
    private final DiskPart part;
    private final Spot spot;
    private final BodyFile file;
    private final Duration left;

    /** @param left how long its response is fresh from now on */
    DiskBody(DiskPart part, Spot spot, BodyFile file, Duration left) {
        this.part = part;
        this.spot = spot;
        this.file = file;
        this.left = left;
    }

    DiskPart part() {
        return part;
    }

    Spot spot() {
        return spot;
    }

    BodyFile file() {
        return file;
    }

    Duration left() {
        return left;
    }

    @Override
    public int length() {
        return file.length();
    }

    @Override
    public int weight() {
        return file.weight();
    }

    @Override
    public Optional<Content> open(int from, int to) {
        return part.open(this, from, to);
    }
}
