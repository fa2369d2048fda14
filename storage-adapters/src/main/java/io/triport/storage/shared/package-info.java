/**
 * Objects whose rows several nodes share and whose bytes lie with somebody else, such as behind an S3 endpoint of which no more is
 * asked than that it keeps bytes under a name. Start reading at {@link io.triport.storage.shared.SharedObjects}; what nodes have to
 * tell each other stands in {@link io.triport.storage.shared.BytesLedger}.
 */
@NullMarked
package io.triport.storage.shared;

import org.jspecify.annotations.NullMarked;
