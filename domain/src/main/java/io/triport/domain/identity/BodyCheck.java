package io.triport.domain.identity;

import io.triport.domain.request.Content;

/**
 * What a credential says of the body that came with it. A body that streams can be judged only as it flows, when the grant is
 * long given: what is made of it fails instead of ending when it is not the body that was signed. Safe for many threads.
 */
public interface BodyCheck {
    /** A credential that says nothing of the body. */
    BodyCheck NONE = body -> body;

    /** The body as the credential vouches for it; takes over the one that is given. */
    Content checked(Content body);
}
