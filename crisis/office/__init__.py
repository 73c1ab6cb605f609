"""What the office does: every act of a person or a step, above records, words and ways out."""
