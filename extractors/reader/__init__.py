"""The trained reader: weights that weigh what the rules propose.

The rules of `extractors` propose actions, their truth and their arguments; the reader judges each
proposal, and the words that the rules passed over, in the light of the whole sentence.
"""
