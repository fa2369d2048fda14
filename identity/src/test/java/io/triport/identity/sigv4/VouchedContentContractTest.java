package io.triport.identity.sigv4;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.Sha256;
import io.triport.identity.sigv4.body.VouchedContent;
import io.triport.testkit.ContentContract;
import java.util.stream.IntStream;

final class VouchedContentContractTest extends ContentContract.OfOneReader {
    private static final int PIECE = 1_000;

    @Override
    protected Content content(Bytes whole) {
        var ends = IntStream.iterate(PIECE, end -> end < whole.size(), end -> end + PIECE)
                .boxed()
                .toList();
        return VouchedContent.hashed(new Reading.Cut(whole, ends), Sha256.of(whole));
    }
}
