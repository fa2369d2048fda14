/**
 * The S3 protocol as text: targets, header fields, XML and errors. Nothing here asks identity or storage. Start reading at {@link
 * io.triport.objects.wire.S3Parser}, which says what a request wants; what can go wrong is in {@link
 * io.triport.objects.wire.S3Error}.
 */
@NullMarked
package io.triport.objects.wire;

import org.jspecify.annotations.NullMarked;
