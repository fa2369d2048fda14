package io.triport.objects.serve;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.testkit.ContentContract;
import java.nio.charset.StandardCharsets;

final class FormFileContractTest extends ContentContract.OfOneReader {
    private static final String BOUNDARY = "between-the-parts";

    @Override
    protected Content content(Bytes whole) {
        var form = text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"\r\n\r\n")
                .concat(whole)
                .concat(text("\r\n--" + BOUNDARY + "--\r\n"));
        var source = new FormSource(Content.of(form), BOUNDARY);
        try {
            source.part();
            source.another();
            source.head();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return new FormFile(source, ByteSize.ofMiB(1));
    }

    private static Bytes text(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
