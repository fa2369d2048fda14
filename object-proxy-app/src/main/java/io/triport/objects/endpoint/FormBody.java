package io.triport.objects.endpoint;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Content;
import io.triport.domain.request.ContentReader;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.sts.StsParameters;
import java.io.ByteArrayOutputStream;

/** Short bodies, read whole before anybody is admitted, for the signature is over all of them. */
final class FormBody {
    private static final ByteSize LONGEST = ByteSize.ofBytes(StsParameters.MOST_BYTES);

    private FormBody() {}

    /** @throws InvalidInput for one that is too long */
    static Bytes read(Content body) {
        var whole = new ByteArrayOutputStream();
        try (var pieces = new ContentReader(body.limitedTo(LONGEST))) {
            for (var piece = pieces.next(); piece != null; piece = pieces.next()) {
                var copy = new byte[piece.remaining()];
                piece.get(copy);
                whole.writeBytes(copy);
            }
            return Bytes.copyOf(whole.toByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InvalidInput("form", "all of its bytes");
        }
    }
}
