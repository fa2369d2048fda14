/**
 * Keys as files: what an export writes and an import reads, one item at a time and never a whole file in memory. Start reading at
 * {@link io.triport.manager.transfer.TransferItem}; the form of a file is in {@link io.triport.manager.transfer.ItemWriter} and
 * {@link io.triport.manager.transfer.ImportReader}, and how a body gets checked while it is put away in {@link
 * io.triport.manager.transfer.ImportSpool}.
 */
@NullMarked
package io.triport.manager.transfer;

import org.jspecify.annotations.NullMarked;
