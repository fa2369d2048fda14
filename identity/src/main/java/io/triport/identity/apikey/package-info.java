/**
 * Keys for services and scripts: a random value that is shown once, sent in a header, and kept as a keyed hash. Start reading at
 * {@link io.triport.identity.apikey.ApiKeyMechanism}; keys are made and taken away by {@link
 * io.triport.identity.apikey.ApiKeyService}.
 */
@NullMarked
package io.triport.identity.apikey;

import org.jspecify.annotations.NullMarked;
