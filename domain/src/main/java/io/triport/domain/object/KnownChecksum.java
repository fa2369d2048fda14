package io.triport.domain.object;

import io.triport.domain.request.Bytes;
import java.util.Optional;

/** A claim that is whole before the first byte. */
final class KnownChecksum implements ChecksumClaim {
    private final ChecksumAlgorithm algorithm;
    private final Bytes value;
    private final boolean known;
    private final boolean kept;

    KnownChecksum(ChecksumAlgorithm algorithm, Optional<Bytes> value, boolean kept) {
        this.algorithm = algorithm;
        this.value = value.orElse(Bytes.EMPTY);
        this.known = value.isPresent();
        this.kept = kept;
    }

    @Override
    public ChecksumAlgorithm algorithm() {
        return algorithm;
    }

    @Override
    public Optional<Bytes> expected() {
        return known ? Optional.of(value) : Optional.empty();
    }

    @Override
    public boolean kept() {
        return kept;
    }
}
